namespace Dualstack.Workflows.Decisions;

/// <summary>The commands that make a migration go on, ready to be pasted.</summary>
public static class Commands
{
    /// <summary>Our label.</summary>
    public const string Label = "dualstack.dev/migration";

    /// <summary>Our annotation.</summary>
    public const string Intent = "dualstack.dev/intent";

    /// <summary>The annotation by which Gardener is asked for an operation.</summary>
    public const string Operation = "gardener.cloud/operation";

    /// <summary>Says that the nodes were replaced.</summary>
    /// <param name="shoot">The shoot.</param>
    /// <returns>The command.</returns>
    public static string NodesDone(ShootKey shoot) => $"dualstack nodes done {shoot} --reason \"nodes replaced\"";

    /// <summary>Approves the replacement of the nodes.</summary>
    /// <param name="shoot">The shoot.</param>
    /// <returns>The command.</returns>
    public static string Approve(ShootKey shoot) => $"dualstack nodes approve {shoot} --reason \"window open\"";

    /// <summary>Ends a pause.</summary>
    /// <param name="shoot">The shoot.</param>
    /// <returns>The command.</returns>
    public static string Resume(ShootKey shoot) => $"dualstack resume {shoot} --reason \"go on\"";

    /// <summary>Looks again and tries again what blocks.</summary>
    /// <param name="shoot">The shoot.</param>
    /// <returns>The command.</returns>
    public static string Retry(ShootKey shoot) => $"dualstack retry {shoot} --reason \"fixed\"";

    /// <summary>Checks garden, rights and workers.</summary>
    /// <returns>The command.</returns>
    public static string Doctor() => "dualstack doctor";

    /// <summary>Takes our marks off a shoot by hand.</summary>
    /// <param name="shoot">The shoot.</param>
    /// <returns>The command.</returns>
    public static string Unmark(ShootKey shoot)
    {
        ArgumentNullException.ThrowIfNull(shoot);
        var patch = $$$$"""{"metadata":{"labels":{"{{{{Label}}}}":null},"annotations":{"{{{{Intent}}}}":null}}}""";
        return $"kubectl -n {shoot.Namespace} patch shoot {shoot.Name} --type merge -p '{patch}'";
    }

    /// <summary>Takes an operation off a shoot that Gardener has not taken.</summary>
    /// <param name="shoot">The shoot.</param>
    /// <returns>The command.</returns>
    public static string Withdraw(ShootKey shoot)
    {
        ArgumentNullException.ThrowIfNull(shoot);
        return $"kubectl -n {shoot.Namespace} annotate shoot {shoot.Name} {Operation}-";
    }

    /// <summary>Replaces the nodes by hand.</summary>
    /// <param name="shoot">The shoot.</param>
    /// <param name="pools">The pools; empty for all.</param>
    /// <returns>The command.</returns>
    public static string Roll(ShootKey shoot, IReadOnlyList<string> pools)
    {
        ArgumentNullException.ThrowIfNull(shoot);
        var names = pools is { Count: > 0 } ? string.Join(',', pools) : "*";
        return $"kubectl -n {shoot.Namespace} annotate shoot {shoot.Name} '{Operation}=rollout-workers={names}'";
    }
}
