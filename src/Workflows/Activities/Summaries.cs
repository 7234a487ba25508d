using System.Text;

namespace Dualstack.Workflows.Activities;

/// <summary>Summaries of activities and timers in the Temporal UI.</summary>
public static class Summaries
{
    /// <summary>How many bytes Temporal takes.</summary>
    public const int MaxBytes = 200;

    /// <summary>Cuts a text to what Temporal takes.</summary>
    /// <param name="text">The text.</param>
    /// <returns>The text, or its begin and an ellipsis, in at most 200 bytes of UTF-8.</returns>
    public static string Fit(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (Encoding.UTF8.GetByteCount(text) <= MaxBytes)
        {
            return text;
        }

        var builder = new StringBuilder();
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            bytes += rune.Utf8SequenceLength;
            if (bytes > MaxBytes - 3)
            {
                break;
            }

            builder.Append(rune);
        }

        return builder.Append('…').ToString();
    }
}
