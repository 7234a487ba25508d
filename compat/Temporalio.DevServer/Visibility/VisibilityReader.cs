using Microsoft.Data.Sqlite;
using Temporalio.Api.Workflow.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Grpc;
using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Visibility;

/// <summary>Lists and counts. Open workflows come first, then the ones that closed last.</summary>
internal sealed class VisibilityReader(SqliteStore store, SearchAttributeCatalog attributes, Action<string>? explain = null)
{
    private const int LargestPage = 1000;
    private const int FewMatches = 1000;

    // SQLite's answers to a statement beyond its limits: SQLITE_ERROR and SQLITE_TOOBIG.
    private const int TooComplex = 1;
    private const int TooBig = 18;

    public (List<WorkflowExecutionInfo> Items, ByteString NextPage) List(
        string @namespace, string filter, int pageSize, ByteString pageToken)
    {
        var size = pageSize is > 0 and <= LargestPage ? pageSize : LargestPage;
        var parameters = new List<object?> { @namespace };
        var sparse = false;
        var (condition, groupBy) = FilterCompiler.Compile(attributes.Of(@namespace), filter, parameters, match => IsSparse(parameters, match) && (sparse = true));
        if (groupBy is not null)
        {
            throw GrpcException.InvalidArgument("invalid query: operation is not supported: 'group by' clause.");
        }

        var after = "1";
        if (!pageToken.IsEmpty)
        {
            var token = PageToken.Parse(pageToken);
            parameters.AddRange([token.SortClose, token.StartTime, token.RunKey]);
            after = $"(v.sort_close, v.start_time, v.run_key) < (${parameters.Count - 2}, ${parameters.Count - 1}, ${parameters.Count})";
        }

        // Few matches are looked up by their keys: SQLite has to be kept from walking the index of everything in their order instead.
        var unindexed = sparse && IsConjunction(filter) ? "+" : "";
        var sql = $"""
            SELECT v.* FROM visibility v WHERE {unindexed}v.ns = $1 AND {condition} AND {after}
            ORDER BY v.sort_close DESC, v.start_time DESC, v.run_key DESC LIMIT {size + 1}
            """;
        Explain(filter, sql, parameters);
        return Run(session =>
        {
            using var command = session.Once(sql, parameters);
            using var rows = command.ExecuteReader();
            var items = new List<WorkflowExecutionInfo>();
            PageToken? last = null;
            while (rows.Read())
            {
                if (items.Count == size)
                {
                    return (items, last!.Encode());
                }

                items.Add(Info(rows));
                last = new PageToken { SortClose = rows.GetInt64(10), StartTime = rows.GetInt64(7), RunKey = rows.GetInt64(0) };
            }

            return (items, ByteString.Empty);
        });
    }

    public (long Total, List<(string Status, long Count)>? Groups) Count(string @namespace, string filter)
    {
        var parameters = new List<object?> { @namespace };
        var (condition, groupBy) = FilterCompiler.Compile(attributes.Of(@namespace), filter, parameters, match => IsSparse(parameters, match));
        if (groupBy is null)
        {
            var sql = $"SELECT COUNT(*) FROM visibility v WHERE v.ns = $1 AND {condition}";
            Explain(filter, sql, parameters);
            return (Run(session =>
            {
                using var command = session.Once(sql, parameters);
                return (long)command.ExecuteScalar()!;
            }), null);
        }

        if (groupBy != "ExecutionStatus")
        {
            throw GrpcException.InvalidArgument("invalid query: 'group by' clause is only supported for ExecutionStatus search attribute.");
        }

        var groups = Run(session =>
        {
            using var command = session.Once(
                $"SELECT v.status, COUNT(*) FROM visibility v WHERE v.ns = $1 AND {condition} GROUP BY v.status ORDER BY 2 DESC", parameters);
            using var rows = command.ExecuteReader();
            var groups = new List<(string, long)>();
            while (rows.Read())
            {
                groups.Add((FilterValues.StatusName(rows.GetInt64(0)), rows.GetInt64(1)));
            }

            return groups;
        });
        return (groups.Sum(static group => group.Item2), groups);
    }

    // Of the words outside of quotes; a quoted one only costs the short cut.
    private static bool IsConjunction(string filter) => !filter.Split([' ', '(', ')', '\t', '\n']).Any(static word =>
        word.Equals("OR", StringComparison.OrdinalIgnoreCase) || word.Equals("NOT", StringComparison.OrdinalIgnoreCase));

    private T Run<T>(Func<SqliteSession, T> read)
    {
        try
        {
            return store.Read(read);
        }
        catch (SqliteException e) when (e.SqliteErrorCode is TooComplex or TooBig)
        {
            throw GrpcException.InvalidArgument($"invalid query: it is too long or too deep for this server ({e.Message}).");
        }
    }

    private bool IsSparse(List<object?> parameters, string match) => Run(session =>
    {
        using var command = session.Once($"SELECT COUNT(*) FROM (SELECT 1 FROM search_values s WHERE {match} LIMIT {FewMatches + 1})", parameters);
        return (long)command.ExecuteScalar()! <= FewMatches;
    });

    private void Explain(string filter, string sql, List<object?> parameters)
    {
        if (explain is null)
        {
            return;
        }

        var steps = store.Read(session =>
        {
            using var command = session.Once("EXPLAIN QUERY PLAN " + sql, parameters);
            using var rows = command.ExecuteReader();
            var steps = new List<string>();
            while (rows.Read())
            {
                steps.Add(rows.GetString(3));
            }

            return steps;
        });
        explain($"plan of [{filter}]: {string.Join("; ", steps)}");
    }

    private static WorkflowExecutionInfo Info(SqliteDataReader row)
    {
        var execution = Time(row.GetInt64(8));
        var info = new WorkflowExecutionInfo
        {
            Execution = new WorkflowExecution { WorkflowId = row.GetString(2), RunId = row.GetString(3) },
            Type = new WorkflowType { Name = row.GetString(4) },
            TaskQueue = row.GetString(5),
            Status = (WorkflowExecutionStatus)row.GetInt32(6),
            StartTime = Time(row.GetInt64(7)).Stamp(),
            ExecutionTime = execution.Stamp(),
            Memo = row.IsDBNull(18) ? new Memo() : Memo.Parser.ParseFrom((byte[])row[18]),
            SearchAttributes = row.IsDBNull(19) ? new SearchAttributes() : SearchAttributes.Parser.ParseFrom((byte[])row[19]),
            RootExecution = new WorkflowExecution { WorkflowId = row.GetString(16), RunId = row.GetString(17) },
        };
        if (!row.IsDBNull(9))
        {
            var closed = Time(row.GetInt64(9));
            info.CloseTime = closed.Stamp();
            info.HistoryLength = row.GetInt64(11);
            info.HistorySizeBytes = row.GetInt64(12);
            info.StateTransitionCount = row.GetInt64(13);
            info.ExecutionDuration = (closed > execution ? closed - execution : TimeSpan.Zero).Proto();
        }

        if (!row.IsDBNull(14))
        {
            info.ParentExecution = new WorkflowExecution { WorkflowId = row.GetString(14), RunId = row.GetString(15) };
        }

        return info;
    }

    private static DateTimeOffset Time(long ticks) => new(ticks, TimeSpan.Zero);

    private sealed class PageToken : IArchived
    {
        public long SortClose;
        public long StartTime;
        public long RunKey;

        public static PageToken Parse(ByteString bytes)
        {
            try
            {
                var token = new PageToken();
                Archive.Read(bytes.ToByteArray(), token.Visit);
                return token;
            }
            catch (Exception e) when (e is EndOfStreamException or FormatException)
            {
                throw GrpcException.InvalidArgument("Invalid NextPageToken.");
            }
        }

        public ByteString Encode() => UnsafeByteOperations.UnsafeWrap(Archive.Write(Visit));

        public void Visit(Archive archive)
        {
            archive.Value(ref SortClose);
            archive.Value(ref StartTime);
            archive.Value(ref RunKey);
        }
    }
}
