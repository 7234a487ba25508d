namespace Temporalio.DevServer.Engine;

/// <summary>Why the first workflow task waits, which decides what wakes it early.</summary>
internal enum StartBackoff
{
    None,

    /// <summary>A start delay: any signal ends it.</summary>
    Delay,

    /// <summary>A start delay given with a signal: only another signal-with-start ends it.</summary>
    SignalWithStartDelay,

    /// <summary>Cron or workflow retry: nothing ends it early.</summary>
    Retry,
}
