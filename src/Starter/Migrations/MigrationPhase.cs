namespace Dualstack.Starter.Migrations;

/// <summary>Where a migration is, in the one word that tables and exit codes go by.</summary>
internal enum MigrationPhase
{
    Running,
    WaitsForPerson,
    Blocked,
    Succeeded,
    NotApplicable,
    Reverted,
    Cancelled,
    Failed,
    Terminated,
}
