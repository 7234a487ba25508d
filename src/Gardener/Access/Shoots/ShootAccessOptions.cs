namespace Dualstack.Gardener.Access;

/// <summary>How the APIs of shoots are asked.</summary>
public sealed record ShootAccessOptions
{
    /// <summary>For how long credentials are asked for; Gardener gives at least 10 minutes and may give less than asked for.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Clients that nobody used for this long are let go.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>How often a read is repeated after a failure that may pass.</summary>
    public int ReadRetries { get; init; } = 2;

    /// <summary>How long a request may take with its repetitions. Watches have no limit.</summary>
    public TimeSpan RequestTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long connecting may take, for each address of the shoot.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The clock.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;
}
