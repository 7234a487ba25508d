using Dualstack.Activities.Observer;
using Dualstack.Gardener.Tests;
using Dualstack.Workflows.Activities;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Activities;
using Temporalio.Exceptions;
using Temporalio.Testing;

namespace Dualstack.Activities.Tests.Observer;

public sealed class ObserverActivitiesTests : IAsyncLifetime
{
    private static readonly ObserverPace Fast = new() { Burst = TimeSpan.FromMilliseconds(20), Heartbeat = TimeSpan.FromMilliseconds(20) };

    private readonly TaskCompletionSource<ObserveGardenInput> beaten = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TestGarden garden = null!;

    public async Task InitializeAsync() => garden = await TestGarden.StartAsync();

    public async Task DisposeAsync() => await garden.DisposeAsync();

    [Fact]
    public async Task ObserveGarden_Cancelled_GivesTheInputToGoOnWith()
    {
        var environment = Environment();
        var running = environment.RunAsync(() => Activities().ObserveGardenAsync(new ObserveGardenInput("sim")));
        var position = await beaten.Task.WaitAsync(TimeSpan.FromSeconds(30));

        environment.Cancel(ActivityCancelReason.CancelRequested);

        Assert.Equal(position.ResourceVersions!.Keys, (await running).ResourceVersions!.Keys);
    }

    [Fact]
    public async Task ObserveGarden_WorkerStops_IsHandedOverAtOnce()
    {
        var environment = Environment();
        var running = environment.RunAsync(() => Activities().ObserveGardenAsync(new ObserveGardenInput("sim")));
        await beaten.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await environment.WorkerShutdownTokenSource.CancelAsync();

        Assert.False((await Assert.ThrowsAsync<ApplicationFailureException>(() => running)).NonRetryable);
    }

    [Fact]
    public async Task ObserveGarden_RightMissing_IsTriedAgainLaterAndSaysWhichOne()
    {
        await garden.ArmAsync(new { kind = "answerWith", verb = "list", code = 403 });

        var error = await Assert.ThrowsAsync<ApplicationFailureException>(
            () => Environment().RunAsync(() => Activities().ObserveGardenAsync(new ObserveGardenInput("sim"))));

        Assert.Equal((ErrorTypes.RightsMissing, false, Fast.Mending), (error.ErrorType, error.NonRetryable, error.NextRetryDelay));
        Assert.Contains("list shoots.core.gardener.cloud in all namespaces", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ObserveGarden_ListingTheWholeGardenForbidden_WasTriedForeverInsteadOfTheProjectsNamespace()
    {
        await garden.ArmAsync(new { kind = "answerWith", verb = "list", code = 403 });
        var environment = Environment();
        var running = environment.RunAsync(() => Activities(new ObserverScope([], "garden-retail")).ObserveGardenAsync(new ObserveGardenInput("sim")));

        var position = await beaten.Task.WaitAsync(TimeSpan.FromSeconds(30));
        environment.Cancel(ActivityCancelReason.CancelRequested);
        await running;

        Assert.Equal(["garden-retail"], position.Namespaces);
        Assert.Equal(["garden-retail"], position.ResourceVersions!.Keys);
    }

    [Fact]
    public async Task ObserveGarden_SettingMendedAfterTheFirstStart_WasNotHeededByTheInputOfThatStart()
    {
        var environment = Environment();
        var running = environment.RunAsync(() => Activities(new ObserverScope(["garden-retail"], null)).ObserveGardenAsync(new ObserveGardenInput("sim")));

        var position = await beaten.Task.WaitAsync(TimeSpan.FromSeconds(30));
        environment.Cancel(ActivityCancelReason.CancelRequested);
        await running;

        Assert.Equal(["garden-retail"], position.Namespaces);
    }

    private ObserverActivities Activities(ObserverScope? scope = null) => new(
        garden.Client, scope ?? ObserverScope.WholeGarden, Fast, TimeProvider.System, NullLogger<ObserverActivities>.Instance);

    private ActivityEnvironment Environment() => new()
    {
        Heartbeater = details =>
        {
            if (details is [ObserveGardenInput { ResourceVersions: not null } position])
            {
                beaten.TrySetResult(position);
            }
        },
    };
}
