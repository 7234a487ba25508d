using Temporalio.Common;

namespace Dualstack.Workflows;

/// <summary>The search attributes of migrations. They have to be registered in the namespace before the first migration.</summary>
public static class MigrationSearchAttributes
{
    /// <summary>The garden's identity.</summary>
    public static readonly SearchAttributeKey<string> Garden = SearchAttributeKey.CreateKeyword("DualstackGarden");

    /// <summary>The project's namespace.</summary>
    public static readonly SearchAttributeKey<string> Project = SearchAttributeKey.CreateKeyword("DualstackProject");

    /// <summary>The shoot's provider type.</summary>
    public static readonly SearchAttributeKey<string> Provider = SearchAttributeKey.CreateKeyword("DualstackProvider");

    /// <summary>The name of the <see cref="MigrationStage"/>.</summary>
    public static readonly SearchAttributeKey<string> Stage = SearchAttributeKey.CreateKeyword("DualstackStage");

    /// <summary>
    /// The name of what is waited for, see <see cref="Dualstack.Workflows.WaitingFor"/>; the short wait for CoreDNS counts as one for Gardener.
    /// </summary>
    public static readonly SearchAttributeKey<string> WaitingFor = SearchAttributeKey.CreateKeyword("DualstackWaitingFor");

    /// <summary>The name of the <see cref="MigrationOutcome"/>; unset while the migration runs.</summary>
    public static readonly SearchAttributeKey<string> Outcome = SearchAttributeKey.CreateKeyword("DualstackOutcome");

    /// <summary>When the stage was entered.</summary>
    public static readonly SearchAttributeKey<DateTimeOffset> StageSince = SearchAttributeKey.CreateDateTimeOffset("DualstackStageSince");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SearchAttributeKey> All { get; } = [Garden, Project, Provider, Stage, WaitingFor, Outcome, StageSince];

    /// <summary>What a migration shows at its start; given by whoever starts it, it need not be set later.</summary>
    /// <param name="shoot">The shoot.</param>
    /// <param name="now">The time.</param>
    /// <returns>The search attributes.</returns>
    public static SearchAttributeCollection AtStart(ShootKey shoot, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(shoot);
        return new SearchAttributeCollection.Builder()
            .Set(Garden, shoot.Garden)
            .Set(Project, shoot.Namespace)
            .Set(Stage, MigrationStage.Preflight.ToString())
            .Set(WaitingFor, Workflows.WaitingFor.Nothing.ToString())
            .Set(StageSince, now)
            .ToSearchAttributeCollection();
    }
}
