using Dualstack.Gardener.Shoots;
using Dualstack.Starter.Migrations;

namespace Dualstack.Starter.Demo;

/// <summary>A shoot of the demonstration.</summary>
internal sealed class DemoEntry(Workflows.ShootKey key, Shoot shoot, TimeProvider time)
{
    private static readonly TimeSpan Stable = TimeSpan.FromSeconds(3);
    private DateTimeOffset? blockedSince;

    public Workflows.ShootKey Key { get; } = key;

    public Shoot Shoot { get; } = shoot;

    public MigrationView? View { get; private set; }

    public DateTimeOffset StartedAt { get; } = time.GetUtcNow();

    public DateTimeOffset? SettledAt { get; private set; }

    /// <summary>Ended, or blocked for long enough to be sure that only a person can help.</summary>
    public bool IsSettled => View is { } view && (!view.IsOpen() || time.GetUtcNow() - blockedSince > Stable);

    public TimeSpan Duration => (SettledAt ?? time.GetUtcNow()) - StartedAt;

    public void See(MigrationView view)
    {
        View = view;
        blockedSince = view.Phase == MigrationPhase.Blocked ? blockedSince ?? time.GetUtcNow() : null;
        SettledAt = view.EndedAt ?? blockedSince;
    }
}
