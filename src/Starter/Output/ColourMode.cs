namespace Dualstack.Starter.Output;

/// <summary>When to use colours.</summary>
internal enum ColourMode
{
    /// <summary>On terminals, unless NO_COLOR is set.</summary>
    Auto,

    /// <summary>Also in files and pipes.</summary>
    Always,

    /// <summary>Not at all.</summary>
    Never,
}
