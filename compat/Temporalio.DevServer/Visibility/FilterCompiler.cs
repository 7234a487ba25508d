using System.Globalization;
using Temporalio.DevServer.Grpc;

namespace Temporalio.DevServer.Visibility;

/// <summary>Turns a list filter into a condition on the visibility table, called v, with numbered parameters.</summary>
internal sealed class FilterCompiler
{
    private const int DeepestNesting = 100;

    // SQLite looks for each parameter by its name among all others.
    private const int MostValues = 10_000;

    // Each is a query of its own.
    private const int MostSparseChecks = 50;

    private readonly SearchAttributeRegistry attributes;
    private readonly List<object?> parameters;
    private readonly Func<string, bool> isSparse;
    private readonly List<FilterToken> tokens;
    private int position;
    private int depth;
    private int valueCount;

    private FilterCompiler(SearchAttributeRegistry attributes, List<object?> parameters, Func<string, bool> isSparse, string filter)
    {
        var checks = 0;
        this.isSparse = match => ++checks <= MostSparseChecks && isSparse(match);
        this.attributes = attributes;
        this.parameters = parameters;
        tokens = FilterToken.Split(filter);
    }

    private FilterToken Current => tokens[position];

    /// <summary>The condition, and the attribute of a GROUP BY if there is one.</summary>
    /// <exception cref="GrpcException">The filter is not valid.</exception>
    public static (string Sql, string? GroupBy) Compile(
        SearchAttributeRegistry attributes, string filter, List<object?> parameters, Func<string, bool> isSparse)
    {
        var compiler = new FilterCompiler(attributes, parameters, isSparse, filter);
        var sql = compiler.Current.Kind == FilterTokenKind.End || compiler.Current.Is("GROUP") || compiler.Current.Is("ORDER")
            ? "1"
            : compiler.Or();
        string? groupBy = null;
        if (compiler.Skip("GROUP"))
        {
            compiler.Expect("BY");
            groupBy = compiler.Name();
        }

        if (compiler.Current.Is("ORDER") || compiler.Current.Is("LIMIT"))
        {
            throw Invalid($"operation is not supported: '{compiler.Current.Text}' clause");
        }

        return compiler.Current.Kind == FilterTokenKind.End ? (sql, groupBy) : throw Invalid($"unexpected {compiler.Current.Text}");
    }

    private static GrpcException Invalid(string what) => GrpcException.InvalidArgument($"invalid query: {what}.");

    private string Or() => Chain("OR", And);

    private string And() => Chain("AND", Not);

    private string Chain(string word, Func<string> part)
    {
        var parts = new List<string> { part() };
        while (Skip(word))
        {
            parts.Add(part());
        }

        return Joined(parts, 0, parts.Count, word);
    }

    /// <summary>Halves within halves: SQLite refuses an expression that is as deep as a long filter has parts.</summary>
    private static string Joined(List<string> parts, int from, int to, string word)
    {
        var middle = (from + to) / 2;
        return to - from == 1 ? parts[from] : $"({Joined(parts, from, middle, word)} {word} {Joined(parts, middle, to, word)})";
    }

    private string Not()
    {
        if (Skip("NOT"))
        {
            return $"NOT COALESCE({Nested(Not)}, 0)";
        }

        if (Skip("("))
        {
            var sql = Nested(Or);
            Expect(")");
            return sql;
        }

        return Comparison();
    }

    private string Nested(Func<string> part)
    {
        if (++depth > DeepestNesting)
        {
            throw Invalid($"it is nested more than {DeepestNesting} levels deep");
        }

        var sql = part();
        depth--;
        return sql;
    }

    private string Comparison()
    {
        var name = Name();
        var type = attributes.Find(name) ?? throw Invalid($"column name '{name}' is not a valid search attribute");
        var field = FilterField.Of(name, type, isSparse);
        if (Skip("IS"))
        {
            var not = Skip("NOT");
            Expect("NULL");
            return field.IsNull(parameters, not);
        }

        var negated = Skip("NOT");
        if (Skip("BETWEEN"))
        {
            Allow(type is not (IndexedValueType.Text or IndexedValueType.Bool or IndexedValueType.KeywordList), "BETWEEN", name, type);
            var low = Value(name, type);
            Expect("AND");
            var high = Value(name, type);
            var between = $"({field.Compare(parameters, ">=", low)} AND {field.Compare(parameters, "<=", high)})";
            return negated ? $"NOT COALESCE({between}, 0)" : between;
        }

        if (Skip("IN"))
        {
            Allow(type != IndexedValueType.Text, "IN", name, type);
            Expect("(");
            var values = new List<object>();
            do
            {
                values.Add(Value(name, type));
            }
            while (Skip(","));
            Expect(")");
            return field.In(parameters, values, negated);
        }

        if (Skip("STARTS_WITH"))
        {
            Allow(type is (IndexedValueType.Keyword or IndexedValueType.KeywordList) && !field.IsStatus, "STARTS_WITH", name, type);
            return field.StartsWith(parameters, (string)Value(name, type), negated);
        }

        if (negated)
        {
            throw Invalid($"NOT is followed by {Current.Text} instead of IN, BETWEEN or STARTS_WITH");
        }

        var symbol = Current.Text;
        if (Current.Kind != FilterTokenKind.Symbol || symbol is not ("=" or "!=" or "<>" or "<" or "<=" or ">" or ">="))
        {
            throw Invalid($"operator '{symbol}' is not supported after '{name}'");
        }

        position++;
        var comparison = symbol == "<>" ? "!=" : symbol;
        Allow(
            comparison is ("=" or "!=") || type is not (IndexedValueType.Text or IndexedValueType.Bool or IndexedValueType.KeywordList), comparison, name, type);
        return field.Compare(parameters, comparison, Value(name, type));
    }

    private static void Allow(bool allowed, string symbol, string name, IndexedValueType type)
    {
        if (!allowed)
        {
            throw Invalid($"operator '{symbol}' is not supported for '{name}', which is of type {type}");
        }
    }

    private object Value(string name, IndexedValueType type)
    {
        if (++valueCount > MostValues)
        {
            throw Invalid($"it holds more than {MostValues} values");
        }

        var token = Current;
        position++;
        try
        {
            return token.Kind switch
            {
                FilterTokenKind.Text or FilterTokenKind.Number => FilterValues.Parse(name, type, token),
                FilterTokenKind.Name when type == IndexedValueType.Bool && bool.TryParse(token.Text, out var flag) => flag ? 1L : 0L,
                _ => throw Invalid($"a value must follow '{name}', not {token.Text}"),
            };
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
        {
            throw Invalid($"invalid value for search attribute {name} of type {type}: {token.Text}");
        }
    }

    private string Name()
    {
        var token = Current;
        if (token.Kind != FilterTokenKind.Name)
        {
            throw Invalid($"a search attribute was expected, not {token.Text}");
        }

        position++;
        return token.Text;
    }

    private bool Skip(string word)
    {
        if (!Current.Is(word))
        {
            return false;
        }

        position++;
        return true;
    }

    private void Expect(string word)
    {
        if (!Skip(word))
        {
            throw Invalid(string.Create(CultureInfo.InvariantCulture, $"{word} was expected, not {Current.Text}"));
        }
    }
}
