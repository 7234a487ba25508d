using System.Collections.Concurrent;
using Temporalio.DevServer.Grpc;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Visibility;

/// <summary>The names that filters and upserts of one namespace may use, with their types.</summary>
internal sealed class SearchAttributeRegistry(StoreWriter writer, string @namespace, IEnumerable<KeyValuePair<string, IndexedValueType>> stored)
{
    /// <summary>Columns of every workflow.</summary>
    public static readonly IReadOnlyDictionary<string, IndexedValueType> System = new Dictionary<string, IndexedValueType>
    {
        ["WorkflowId"] = IndexedValueType.Keyword,
        ["RunId"] = IndexedValueType.Keyword,
        ["WorkflowType"] = IndexedValueType.Keyword,
        ["StartTime"] = IndexedValueType.Datetime,
        ["ExecutionTime"] = IndexedValueType.Datetime,
        ["CloseTime"] = IndexedValueType.Datetime,
        ["ExecutionStatus"] = IndexedValueType.Keyword,
        ["TaskQueue"] = IndexedValueType.Keyword,
        ["HistoryLength"] = IndexedValueType.Int,
        ["HistorySizeBytes"] = IndexedValueType.Int,
        ["ExecutionDuration"] = IndexedValueType.Int,
        ["StateTransitionCount"] = IndexedValueType.Int,
        ["ParentWorkflowId"] = IndexedValueType.Keyword,
        ["ParentRunId"] = IndexedValueType.Keyword,
        ["RootWorkflowId"] = IndexedValueType.Keyword,
        ["RootRunId"] = IndexedValueType.Keyword,
    };

    /// <summary>Attributes that workers and the service set by these names.</summary>
    public static readonly IReadOnlyDictionary<string, IndexedValueType> Predefined = new Dictionary<string, IndexedValueType>
    {
        ["TemporalChangeVersion"] = IndexedValueType.KeywordList,
        ["BinaryChecksums"] = IndexedValueType.KeywordList,
        ["BuildIds"] = IndexedValueType.KeywordList,
        ["BatcherNamespace"] = IndexedValueType.Keyword,
        ["BatcherUser"] = IndexedValueType.Keyword,
        ["TemporalScheduledStartTime"] = IndexedValueType.Datetime,
        ["TemporalScheduledById"] = IndexedValueType.Keyword,
        ["TemporalSchedulePaused"] = IndexedValueType.Bool,
        ["TemporalReportedProblems"] = IndexedValueType.KeywordList,
        ["TemporalNamespaceDivision"] = IndexedValueType.Keyword,
        ["TemporalPauseInfo"] = IndexedValueType.KeywordList,
        ["TemporalWorkerDeployment"] = IndexedValueType.Keyword,
        ["TemporalWorkerDeploymentVersion"] = IndexedValueType.Keyword,
        ["TemporalWorkflowVersioningBehavior"] = IndexedValueType.Keyword,
    };

    private const int MaxValueBytes = 2 * 1024;
    private const int MaxTotalBytes = 40 * 1024;
    private const int MaxCount = 100;

    private readonly ConcurrentDictionary<string, IndexedValueType> custom = new(stored, StringComparer.Ordinal);

    public IReadOnlyDictionary<string, IndexedValueType> Custom => custom;

    public IndexedValueType? Find(string name) =>
        custom.TryGetValue(name, out var type) || Predefined.TryGetValue(name, out type) || System.TryGetValue(name, out type) ? type : null;

    public Task AddAsync(IEnumerable<KeyValuePair<string, IndexedValueType>> attributes)
    {
        var added = attributes.ToList();
        foreach (var (name, type) in added)
        {
            if (System.ContainsKey(name) || Predefined.ContainsKey(name))
            {
                throw GrpcException.InvalidArgument($"Search attribute {name} is reserved by system.");
            }

            if (type == IndexedValueType.Unspecified)
            {
                throw GrpcException.InvalidArgument($"Unable to parse search attribute type of {name}.");
            }

            if (custom.TryGetValue(name, out var known) && known != type)
            {
                throw new GrpcException(StatusCode.AlreadyExists, $"Search attribute {name} already exists with type {known}.");
            }
        }

        foreach (var (name, type) in added)
        {
            custom[name] = type;
        }

        return writer.Write(new WriteSet
        {
            RunKey = 0,
            Other = session =>
            {
                foreach (var (name, type) in added)
                {
                    session.Execute("INSERT OR REPLACE INTO search_attributes (ns, name, type) VALUES ($1, $2, $3)", @namespace, name, (int)type);
                }
            },
        });
    }

    public Task RemoveAsync(IEnumerable<string> names)
    {
        var removed = names.ToList();
        foreach (var name in removed)
        {
            if (!custom.ContainsKey(name))
            {
                throw System.ContainsKey(name) || Predefined.ContainsKey(name)
                    ? GrpcException.InvalidArgument($"Unable to remove non-custom search attribute: {name}.")
                    : GrpcException.NotFound($"Search attribute {name} doesn't exist.");
            }
        }

        foreach (var name in removed)
        {
            custom.TryRemove(name, out _);
        }

        return writer.Write(new WriteSet
        {
            RunKey = 0,
            Other = session =>
            {
                foreach (var name in removed)
                {
                    session.Execute("DELETE FROM search_attributes WHERE ns = $1 AND name = $2", @namespace, name);
                }
            },
        });
    }

    /// <summary>The attributes with their types filled in, or null and a sentence that says what is wrong.</summary>
    public SearchAttributes? Normalize(SearchAttributes? given, out string? problem)
    {
        problem = null;
        var result = new SearchAttributes();
        if (given is null)
        {
            return result;
        }

        if (given.IndexedFields.Count > MaxCount)
        {
            problem = $"number of search attributes {given.IndexedFields.Count} exceeds limit {MaxCount}";
            return null;
        }

        foreach (var (name, payload) in given.IndexedFields)
        {
            if (System.ContainsKey(name))
            {
                problem = $"{name} attribute can't be set in SearchAttributes";
            }
            else if (Find(name) is not { } type)
            {
                problem = $"Namespace has no mapping defined for search attribute {name}";
            }
            else
            {
                try
                {
                    SearchValues.Decode(payload, type);
                    var typed = payload.Clone();
                    typed.Metadata["type"] = ByteString.CopyFromUtf8(type.ToString());
                    result.IndexedFields[name] = typed;
                    continue;
                }
                catch (FormatException e)
                {
                    problem = $"invalid value for search attribute {name} of type {type}: {e.Message}";
                }
            }

            return null;
        }

        return result;
    }

    public SearchAttributes? NormalizeOrThrow(SearchAttributes? given)
    {
        if (given is null)
        {
            return null;
        }

        var result = Normalize(given, out var problem) ?? throw GrpcException.InvalidArgument(problem!);
        return SizeProblem(result) is { } excess ? throw GrpcException.InvalidArgument(excess) : result;
    }

    /// <summary>A sentence that says what is too large, or null.</summary>
    public static string? SizeProblem(SearchAttributes attributes)
    {
        foreach (var (name, payload) in attributes.IndexedFields)
        {
            if (payload.Data.Length > MaxValueBytes)
            {
                return $"search attribute {name} value size {payload.Data.Length} exceeds size limit {MaxValueBytes}";
            }
        }

        return attributes.CalculateSize() > MaxTotalBytes ? $"total size of search attributes exceeds size limit {MaxTotalBytes}" : null;
    }
}
