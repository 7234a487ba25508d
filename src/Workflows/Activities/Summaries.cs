using System.Text;
using System.Text.Json;

namespace Dualstack.Workflows.Activities;

/// <summary>Summaries of activities and timers in the Temporal UI.</summary>
public static class Summaries
{
    /// <summary>How many bytes Temporal takes.</summary>
    public const int MaxBytes = 200;

    /// <summary>Cuts a text to what Temporal takes.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text, or its begin and three dots, in at most 200 bytes of JSON.</returns>
    public static string Fit(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Size(text) <= MaxBytes)
        {
            return text;
        }

        var kept = new StringBuilder();
        foreach (var rune in text.EnumerateRunes())
        {
            var length = kept.Length;
            kept.Append(rune);
            if (Size($"{kept}...") > MaxBytes)
            {
                kept.Length = length;
                break;
            }
        }

        return kept.Append("...").ToString();
    }

    // A summary travels as JSON, which escapes what is not ASCII.
    private static int Size(string text) => JsonEncodedText.Encode(text).EncodedUtf8Bytes.Length + 2;
}
