namespace Dualstack.Starter.Cli;

/// <summary>What the exit codes mean, in one place.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Error = 1;

    /// <summary>Wrong usage or configuration; nothing was sent.</summary>
    public const int Usage = 2;

    /// <summary>Blocked before anything was written.</summary>
    public const int PreflightBlocked = 3;

    public const int RightsMissing = 4;
    public const int NotFound = 5;

    /// <summary>Ended with failures, or cancelled.</summary>
    public const int EndedBadly = 6;

    public const int WaitsForPerson = 7;
    public const int StillRunning = 8;
    public const int WaitTimedOut = 9;
    public const int Interrupted = 130;
}
