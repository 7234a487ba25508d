namespace Temporalio.DevServer.Visibility;

/// <summary>Where a search attribute is found, and how conditions on it are written.</summary>
internal sealed class FilterField
{
    private static readonly Dictionary<string, string> Columns = new(StringComparer.Ordinal)
    {
        ["WorkflowId"] = "v.workflow_id",
        ["RunId"] = "v.run_id",
        ["WorkflowType"] = "v.workflow_type",
        ["StartTime"] = "v.start_time",
        ["ExecutionTime"] = "v.execution_time",
        ["CloseTime"] = "v.close_time",
        ["ExecutionStatus"] = "v.status",
        ["TaskQueue"] = "v.task_queue",
        ["HistoryLength"] = "(CASE WHEN v.close_time IS NULL THEN NULL ELSE v.history_length END)",
        ["HistorySizeBytes"] = "(CASE WHEN v.close_time IS NULL THEN NULL ELSE v.history_size END)",
        ["ExecutionDuration"] = "((v.close_time - v.execution_time) * 100)",
        ["StateTransitionCount"] = "(CASE WHEN v.close_time IS NULL THEN NULL ELSE v.transitions END)",
        ["ParentWorkflowId"] = "v.parent_workflow_id",
        ["ParentRunId"] = "v.parent_run_id",
        ["RootWorkflowId"] = "v.root_workflow_id",
        ["RootRunId"] = "v.root_run_id",
    };

    private readonly string name;
    private readonly string? column;
    private readonly IndexedValueType type;

    private readonly Func<string, bool> isSparse;

    private FilterField(string name, string? column, IndexedValueType type, Func<string, bool> isSparse)
    {
        this.name = name;
        this.column = column;
        this.type = type;
        this.isSparse = isSparse;
    }

    public bool IsStatus => name == "ExecutionStatus";

    /// <summary><paramref name="isSparse"/> tells whether few workflows fulfil a condition on the values, called s.</summary>
    public static FilterField Of(string name, IndexedValueType type, Func<string, bool> isSparse) =>
        new(name, Columns.GetValueOrDefault(name), type, isSparse);

    public string IsNull(List<object?> parameters, bool not)
    {
        if (column is not null)
        {
            return $"{column} IS {(not ? "NOT " : "")}NULL";
        }

        var exists = Exists(parameters, "1");
        return not ? exists : $"NOT ({exists})";
    }

    public string Compare(List<object?> parameters, string symbol, object value)
    {
        if (column is not null)
        {
            return $"{column} {symbol} {Add(parameters, value)}";
        }

        if (type == IndexedValueType.Text)
        {
            // Any of the words is a match.
            var words = SearchValues.Words((string)value).ToList();
            var any = words.Count == 0 ? "0" : Exists(parameters, $"s.value IN ({string.Join(", ", words.Select(word => Add(parameters, word)))})");
            return symbol == "=" ? any : $"NOT ({any})";
        }

        return symbol == "!=" && type == IndexedValueType.KeywordList
            ? $"NOT ({Exists(parameters, $"s.value = {Add(parameters, value)}")})"
            : Exists(parameters, $"s.value {symbol} {Add(parameters, value)}");
    }

    /// <summary>Whether it is one of the values, or none of them. Not for texts.</summary>
    public string In(List<object?> parameters, List<object> values, bool not)
    {
        var list = $"({string.Join(", ", values.Select(value => Add(parameters, value)))})";
        if (column is not null)
        {
            return $"{column} {(not ? "NOT IN" : "IN")} {list}";
        }

        return not && type == IndexedValueType.KeywordList
            ? $"NOT ({Exists(parameters, $"s.value IN {list}")})"
            : Exists(parameters, $"s.value {(not ? "NOT IN" : "IN")} {list}");
    }

    public string StartsWith(List<object?> parameters, string prefix, bool not)
    {
        var from = Add(parameters, prefix);
        var to = Add(parameters, prefix + char.ConvertFromUtf32(0x10FFFF));
        if (column is not null)
        {
            var range = $"({column} >= {from} AND {column} < {to})";
            return not ? $"NOT {range}" : range;
        }

        var exists = Exists(parameters, $"s.value >= {from} AND s.value < {to}");
        return not ? $"NOT ({exists})" : exists;
    }

    private static string Add(List<object?> parameters, object value)
    {
        parameters.Add(value);
        return $"${parameters.Count}";
    }

    /// <summary>Few matches are looked up one by one; many are met soon enough on the way through the list.</summary>
    private string Exists(List<object?> parameters, string condition)
    {
        var match = $"s.name = {Add(parameters, name)} AND {condition}";
        return isSparse(match)
            ? $"v.run_key IN (SELECT s.run_key FROM search_values s WHERE {match})"
            : $"EXISTS (SELECT 1 FROM search_values s WHERE s.run_key = v.run_key AND {match})";
    }
}
