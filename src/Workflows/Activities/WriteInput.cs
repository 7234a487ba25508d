using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Activities;

/// <summary>Input of activities that write.</summary>
/// <param name="Shoot">The shoot.</param>
/// <param name="Intent">The decision; it carries uid and generation.</param>
public sealed record WriteInput(ShootKey Shoot, WriteIntent Intent)
{
    /// <summary>For <see cref="WriteKind.IpFamilies"/>: the families to ask for, in order of preference.</summary>
    public IReadOnlyList<string> IpFamilies { get; init; } = [];

    /// <summary>For runs: one-shot tasks to add, such as <c>deployInfrastructure</c>.</summary>
    public IReadOnlyList<string> Tasks { get; init; } = [];

    /// <summary>For <see cref="WriteKind.Rollout"/>: whether Gardener was seen to wait for nodes when it was decided.</summary>
    public bool NodesConstrained { get; init; }

    /// <summary>For <see cref="WriteKind.Rollout"/>: the pools; empty for all that are not updated in place.</summary>
    public IReadOnlyList<string> Pools { get; init; } = [];
}
