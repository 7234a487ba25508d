using System.Text.Json.Serialization;

namespace Dualstack.Workflows;

/// <summary>How a migration ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<MigrationOutcome>))]
public enum MigrationOutcome
{
    /// <summary>The shoot is dual-stack, and everything that shows it was looked at.</summary>
    Succeeded,

    /// <summary>The shoot is dual-stack as far as could be seen; the result lists what could not.</summary>
    SucceededWithWaivers,

    /// <summary>There was nothing to migrate; nothing was written.</summary>
    NotApplicable,

    /// <summary>Somebody went back to one family while the migration ran.</summary>
    Reverted,

    /// <summary>The migration was cancelled. The workflow's status says so too.</summary>
    Cancelled,
}
