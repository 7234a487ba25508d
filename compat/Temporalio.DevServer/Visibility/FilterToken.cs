using System.Globalization;
using System.Text;
using Temporalio.DevServer.Grpc;

namespace Temporalio.DevServer.Visibility;

internal enum FilterTokenKind
{
    Name,
    Text,
    Number,
    Symbol,
    End,
}

/// <summary>A word of a list filter.</summary>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text)
{
    public bool Is(string word) => Kind is FilterTokenKind.Name or FilterTokenKind.Symbol && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public static List<FilterToken> Split(string filter)
    {
        var tokens = new List<FilterToken>();
        var at = 0;
        while (at < filter.Length)
        {
            var c = filter[at];
            if (char.IsWhiteSpace(c))
            {
                at++;
            }
            else if (c is '\'' or '"' or '`')
            {
                tokens.Add(new FilterToken(c == '`' ? FilterTokenKind.Name : FilterTokenKind.Text, Quoted(filter, ref at)));
            }
            else if (char.IsAsciiDigit(c) || (c == '-' && at + 1 < filter.Length && char.IsAsciiDigit(filter[at + 1])))
            {
                var start = at++;
                while (at < filter.Length && (char.IsAsciiLetterOrDigit(filter[at]) || filter[at] is '.' or '+' or '-'))
                {
                    at++;
                }

                tokens.Add(new FilterToken(FilterTokenKind.Number, filter[start..at]));
            }
            else if (char.IsLetter(c) || c == '_')
            {
                var start = at;
                while (at < filter.Length && (char.IsLetterOrDigit(filter[at]) || filter[at] is '_' or '.' or '-'))
                {
                    at++;
                }

                tokens.Add(new FilterToken(FilterTokenKind.Name, filter[start..at]));
            }
            else
            {
                var two = at + 1 < filter.Length ? filter.Substring(at, 2) : "";
                var symbol = two is "!=" or ">=" or "<=" or "<>" ? two : c is '=' or '<' or '>' or '(' or ')' or ',' ? c.ToString(CultureInfo.InvariantCulture)
                    : throw GrpcException.InvalidArgument($"invalid query: unexpected character '{c}' at position {at + 1}.");
                tokens.Add(new FilterToken(FilterTokenKind.Symbol, symbol));
                at += symbol.Length;
            }
        }

        tokens.Add(new FilterToken(FilterTokenKind.End, "end of query"));
        return tokens;
    }

    private static string Quoted(string filter, ref int at)
    {
        var quote = filter[at++];
        var text = new StringBuilder();
        while (at < filter.Length)
        {
            var c = filter[at++];
            if (c == '\\' && at < filter.Length)
            {
                text.Append(filter[at++]);
            }
            else if (c == quote)
            {
                if (at >= filter.Length || filter[at] != quote)
                {
                    return text.ToString();
                }

                text.Append(quote);
                at++;
            }
            else
            {
                text.Append(c);
            }
        }

        throw GrpcException.InvalidArgument($"invalid query: the text that begins with {quote} has no end.");
    }
}
