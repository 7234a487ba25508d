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

    /// <summary>Says something to people.</summary>
    void Say(string text);

    /// <summary>Warns people.</summary>
    void Warn(string text);

    /// <summary>Says why the command failed.</summary>
    void Fail(string text);
}
