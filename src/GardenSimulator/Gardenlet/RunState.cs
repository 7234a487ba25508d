namespace Dualstack.GardenSimulator.Gardenlet;

/// <summary>One run of the reconcile or delete flow.</summary>
internal sealed class RunState
{
    public required string Type { get; init; }

    public required long Generation { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public RunPhase Phase { get; set; }

    /// <summary>The tasks that this run found at its start.</summary>
    public List<string> Tasks { get; init; } = [];

    /// <summary>The address families that this run found at its start.</summary>
    public List<string>? Families { get; init; }

    public bool WakesUp { get; init; }

    /// <summary>Until when the run waits for nodes before it ends in Error.</summary>
    public DateTimeOffset? WorkerDeadline { get; set; }

    /// <summary>The state the run is to end in on somebody's request, with the code of its error.</summary>
    public string? FailAs { get; set; }

    public string? FailCode { get; set; }

    public string? FailText { get; set; }

    /// <summary>A rollout annotation that names a pool without machines makes the run fail before it consumes anything.</summary>
    public string? RolloutProblem { get; set; }
}
