using Dualstack.Workflows.Activities;
using Dualstack.Workflows.Decisions;
using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Writes;
using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Dualstack.Workflows.Tests.Garden;

/// <summary>The activities, done on a scripted garden by the clock of the test server.</summary>
public sealed class ScriptedActivities(ScriptedGarden garden)
    : IShootActivities, IInfrastructureActivities, IControlPlaneActivities, INodeActivities, ICniActivities, IDnsActivities, IMarkActivities
{
    /// <summary>Fails the next write once after it was done, as a lost answer does.</summary>
    public bool LoseNextAnswer { get; set; }

    /// <summary>Fails every write after it was done.</summary>
    public bool LoseEveryAnswer { get; set; }

    /// <summary>Fails every call with this error type.</summary>
    public string? FailWith { get; set; }

    /// <summary>Fails every write before it is done.</summary>
    public bool FailWrites { get; set; }

    /// <summary>Fails every attempt at taking the marks off.</summary>
    public bool FailReleases { get; set; }

    /// <summary>How many calls have failed.</summary>
    public int Failures { get; private set; }

    public int Looks { get; private set; }

    [Activity]
    public Task<ShootObservation> ObserveShootAsync(ShootInput input) => Task.FromResult(Read(input.Uid));

    [Activity]
    public Task<NodesReport> AwaitHealthAsync(AwaitInput input)
    {
        var report = new NodesReport(Read(input.Uid, patient: true), garden.Count(Now(), []));
        return Obstacles.NewlyUnhealthy(report.Observation, input.UnhealthyBefore).Count == 0
            ? Task.FromResult(report)
            : throw new ApplicationFailureException("Not yet.", ErrorTypes.NotYet, nextRetryDelay: input.LookEvery);
    }

    [Activity]
    public Task<ShootObservation> AwaitGardenerAsync(AwaitInput input)
    {
        Looks++;
        var observation = Read(input.Uid, patient: true);
        return Unrest.Of(observation, input.Awaited) is { } why
            ? throw new ApplicationFailureException(why, ErrorTypes.NotYet, nextRetryDelay: input.LookEvery)
            : Task.FromResult(observation);
    }

    [Activity]
    public Task<PreflightReport> PreflightAsync(PreflightInput input)
    {
        var observation = Read(input.Uid);
        return Task.FromResult(new PreflightReport(observation, observation.IpFamilies.Count < 2 ? garden.Refusal : null, garden.Count(Now(), [])));
    }

    [Activity]
    public Task<WriteReceipt> UpdateNetworkingAsync(WriteInput input) => Write(input);

    [Activity]
    public Task<WriteReceipt> RequestInfrastructureRunAsync(WriteInput input) => Write(input);

    [Activity]
    public Task<WriteReceipt> RequestControlPlaneRunAsync(WriteInput input) => Write(input);

    [Activity]
    public Task<WriteReceipt> RetryFailedRunAsync(WriteInput input) => Write(input);

    [Activity]
    public Task<NodesReport> ObserveNodesAsync(ShootInput input)
    {
        return Task.FromResult(new NodesReport(Read(input.Uid), garden.Count(Now(), input.Pools)));
    }

    [Activity]
    public Task<WriteReceipt> RequestRolloutAsync(WriteInput input) => Write(input);

    [Activity]
    public Task<NodesReport> AwaitRolloutProgressAsync(AwaitInput input) => Await(input, nodes => RolloutDecision.IsDone(nodes, input.Pools));

    [Activity]
    public Task<WriteReceipt> RequestNodeCheckAsync(WriteInput input) => Write(input);

    [Activity]
    public Task<WriteReceipt> ConfigureCniAsync(WriteInput input) => Write(input);

    [Activity]
    public Task<WriteReceipt> RestartCoreDnsAsync(WriteInput input) => Write(input);

    [Activity]
    public Task<NodesReport> AwaitCoreDnsAsync(AwaitInput input) => Await(input, nodes => nodes.CoreDnsDual());

    [Activity]
    public Task<WriteReceipt> SwitchKubeDnsAsync(WriteInput input) => Write(input);

    [Activity]
    public Task<WriteReceipt> SetMarksAsync(WriteInput input) => Write(input);

    [Activity]
    public Task<ReleaseMarksReport> ReleaseMarksAsync(ReleaseMarksInput input)
    {
        if (FailReleases)
        {
            Failures++;
            throw new ApplicationFailureException("The garden said no.", ErrorTypes.GardenUnreachable);
        }

        if (!garden.Exists || garden.Uid != input.Uid)
        {
            return Task.FromResult(new ReleaseMarksReport(null, false));
        }

        var own = input.Withdraw.FirstOrDefault(write => write.IntentId == garden.Intent);
        var operation = own is { Operation: null, Kind: WriteKind.Rollout }
            ? $"rollout-workers={(own.Pools.Count == 0 ? "*" : string.Join(',', own.Pools))}"
            : own?.Operation;
        var withdraws = garden.Operation is not null && garden.Operation == operation;
        garden.Operation = withdraws ? null : garden.Operation;
        garden.Unmark();
        return Task.FromResult(new ReleaseMarksReport(garden.Observe(Now()), withdraws));
    }

    private static DateTimeOffset Now() => new(ActivityExecutionContext.Current.Info.StartedTime.ToUniversalTime(), TimeSpan.Zero);

    // Activities that look again and again give up in the end where nobody answers.
    private ShootObservation Read(string? uid, bool patient = false)
    {
        if (FailWith is { } type)
        {
            Failures++;
            throw new ApplicationFailureException("The garden said no.", type, nonRetryable: patient);
        }

        if (!garden.Exists)
        {
            throw new ApplicationFailureException("There is no such shoot.", ErrorTypes.ShootGone);
        }

        if (uid is not null && uid != garden.Uid)
        {
            throw new ApplicationFailureException("It is another shoot.", ErrorTypes.UidChanged);
        }

        garden.Advance(Now());
        return garden.Observe(Now());
    }

    private Task<WriteReceipt> Write(WriteInput input)
    {
        Read(input.Intent.Uid);
        if (FailWrites)
        {
            Failures++;
            throw new ApplicationFailureException("The garden said no.", ErrorTypes.GardenUnreachable);
        }

        var receipt = garden.Write(input, Now());
        if (LoseNextAnswer || LoseEveryAnswer)
        {
            LoseNextAnswer = false;
            throw new ApplicationFailureException("The connection was closed.", ErrorTypes.GardenUnreachable);
        }

        return Task.FromResult(receipt);
    }

    private Task<NodesReport> Await(AwaitInput input, Func<NodeObservation, bool> done)
    {
        Looks++;
        var report = new NodesReport(Read(input.Uid, patient: true), garden.Count(Now(), input.Pools));
        return !report.Nodes.Readable || done(report.Nodes)
            ? Task.FromResult(report)
            : throw new ApplicationFailureException("Not yet.", ErrorTypes.NotYet, nextRetryDelay: input.LookEvery);
    }
}
