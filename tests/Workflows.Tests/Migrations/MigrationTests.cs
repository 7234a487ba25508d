using Dualstack.Workflows.Tests.Garden;

namespace Dualstack.Workflows.Tests.Migrations;

/// <summary>
/// Tests of migrations on a time-skipping server. Each class of them runs twice: in one run, and continued as new at every wait, which
/// nobody may notice.
/// </summary>
public abstract class MigrationTests(TimeSkippingFixture fixture, bool continuesAsNew) : IClassFixture<TimeSkippingFixture>
{
    protected bool ContinuesAsNew => continuesAsNew;

    protected async Task<DateTimeOffset> NowAsync() => new(await fixture.Environment.GetCurrentTimeAsync(), TimeSpan.Zero);

    protected Task RunAsync(
        ScriptedGarden garden,
        Func<TestMigration, Task> test,
        RolloutMode mode = RolloutMode.Manual,
        MigrationSettings? settings = null,
        bool fromOutside = false,
        string? failWith = null,
        bool workersApart = false) =>
        TestMigration.RunAsync(fixture.Environment, garden, test, mode, continuesAsNew, settings, fromOutside, failWith, workersApart);
}
