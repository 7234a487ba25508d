using System.Globalization;
using Temporalio.DevServer.Grpc;

namespace Temporalio.DevServer.Visibility;

/// <summary>Turns a list filter into a condition on the visibility table, called v, with numbered parameters.</summary>
internal sealed class FilterCompiler
{
    private readonly SearchAttributeRegistry attributes;
    private readonly List<object?> parameters;
    private readonly Func<string, bool> isSparse;
    private readonly List<FilterToken> tokens;
    private int position;

    private FilterCompiler(SearchAttributeRegistry attributes, List<object?> parameters, Func<string, bool> isSparse, string filter)
    {
        this.isSparse = isSparse;
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

    private string Or()
    {
        var sql = And();
        while (Skip("OR"))
        {
            sql = $"({sql} OR {And()})";
        }

        return sql;
    }

    private string And()
    {
        var sql = Not();
        while (Skip("AND"))
        {
            sql = $"({sql} AND {Not()})";
        }

        return sql;
    }

    private string Not()
    {
        if (Skip("NOT"))
        {
            return $"NOT COALESCE({Not()}, 0)";
        }

        if (Skip("("))
        {
            var sql = Or();
            Expect(")");
            return $"({sql})";
        }

        return Comparison();
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
            var low = Value(name, type);
            Expect("AND");
            var high = Value(name, type);
            var between = $"({field.Compare(parameters, ">=", low)} AND {field.Compare(parameters, "<=", high)})";
            return negated ? $"NOT COALESCE({between}, 0)" : between;
        }

        if (Skip("IN"))
        {
            Expect("(");
            var values = new List<object>();
            do
            {
                values.Add(Value(name, type));
            }
            while (Skip(","));
            Expect(")");
            return $"({string.Join(negated ? " AND " : " OR ", values.Select(value => field.Compare(parameters, negated ? "!=" : "=", value)))})";
        }

        if (Skip("STARTS_WITH"))
        {
            if (type is not (IndexedValueType.Keyword or IndexedValueType.KeywordList) || field.IsStatus)
            {
                throw Invalid($"operator 'STARTS_WITH' is not supported for '{name}'");
            }

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
        if (comparison is not ("=" or "!=") && type is (IndexedValueType.Text or IndexedValueType.Bool or IndexedValueType.KeywordList))
        {
            throw Invalid($"operator '{comparison}' is not supported for '{name}', which is of type {type}");
        }

        return field.Compare(parameters, comparison, Value(name, type));
    }

    private object Value(string name, IndexedValueType type)
    {
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
        catch (FormatException)
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
