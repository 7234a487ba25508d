using Spectre.Console;

namespace Dualstack.Starter.Output;

/// <summary>The result goes to standard output; all that is said to people goes to standard error.</summary>
internal interface IOutput
{
    /// <summary>How results are printed.</summary>
    OutputFormat Format { get; }

    /// <summary>For live views; writes to standard error.</summary>
    IAnsiConsole Human { get; }

    /// <summary>Whether a view can be redrawn in place.</summary>
    bool CanRedraw { get; }

    /// <summary>Prints a result.</summary>
    /// <param name="value">What JSON shows.</param>
    /// <param name="table">What people are shown.</param>
    void Result(object value, Action<TextWriter> table);

    /// <summary>For tables of results.</summary>
    /// <param name="writer">The writer that <see cref="Result"/> hands out.</param>
    /// <returns>A renderer that uses the colours that standard output is to have.</returns>
    IAnsiConsole Table(TextWriter writer);

    /// <summary>Colours a text of a result, where standard output is to have colours.</summary>
    /// <param name="colour">The colour's name.</param>
    /// <param name="text">One line.</param>
    /// <returns>The text as it is to be printed.</returns>
    string Paint(string colour, string text);

    /// <summary>Says something to people.</summary>
    void Say(string text);

    /// <summary>Warns people.</summary>
    void Warn(string text);

    /// <summary>Says why the command failed.</summary>
    void Fail(string text);
}
