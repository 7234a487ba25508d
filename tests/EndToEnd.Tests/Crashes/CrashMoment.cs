namespace Dualstack.EndToEnd.Tests.Crashes;

/// <summary>Around which moment of a write the process is gone.</summary>
public enum CrashMoment
{
    /// <summary>Nothing of it has been written.</summary>
    BeforeTheWrite,

    /// <summary>It is written, and nobody has been told.</summary>
    BeforeTheAnswer,

    /// <summary>The worker was told, and Temporal was not.</summary>
    BeforeTheCompletion,
}
