namespace Dualstack.GardenSimulator.Gardenlet;

/// <summary>What a shoot can have due; when several are due at the same moment they are done in this order.</summary>
internal enum TimerKind
{
    Roll,
    DnsRestart,
    RunStep,
    RunStart,
    Maintenance,
    RateLimitRetry,
    Sync,
    Care,
    StatusLabel,
}
