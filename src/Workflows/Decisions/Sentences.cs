using System.Globalization;
using Dualstack.Workflows.Evidence;

namespace Dualstack.Workflows.Decisions;

/// <summary>One line each on what was seen.</summary>
public static class Sentences
{
    /// <summary>Says what a shoot shows.</summary>
    /// <param name="observation">The shoot.</param>
    /// <returns>One line.</returns>
    public static string Observation(ShootObservation observation)
    {
        ArgumentNullException.ThrowIfNull(observation);
        List<string> parts = [$"families [{string.Join(", ", observation.IpFamilies)}]"];
        parts.Add(observation.LastOperation is { } run
            ? string.Create(CultureInfo.InvariantCulture, $"{run.Type} {run.State} {run.Progress} %")
            : "no operation yet");
        parts.Add(string.Create(CultureInfo.InvariantCulture, $"generation {observation.ObservedGeneration}/{observation.Generation}"));
        parts.Add(string.Create(
            CultureInfo.InvariantCulture,
            $"ranges {observation.NodeRanges} node, {observation.PodRanges} pod, {observation.ServiceRanges} service"));
        Add(parts, observation.NodesConstraint);
        Add(parts, observation.DnsConstraint);
        if (observation.PendingRolloutCount > 0)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{observation.PendingRolloutCount} pools rolling"));
        }

        if (observation.PendingOperation is { } operation)
        {
            parts.Add($"operation {operation}");
        }

        parts.AddRange(observation.ConditionsNotTrue.Select(condition => $"{condition.Type} {condition.Status}"));
        parts.AddRange(observation.ErrorCodes);
        return string.Join(" · ", parts);
    }

    /// <summary>Says how many nodes are done.</summary>
    /// <param name="nodes">The nodes; null if nobody has looked.</param>
    /// <returns>A clause such as <c>4 of 6 nodes are dual-stack</c>.</returns>
    public static string Nodes(NodeObservation? nodes) => nodes switch
    {
        null => "the nodes have not been counted yet",
        { Readable: false } => $"the nodes cannot be seen ({nodes.WhyNot})",
        _ => string.Create(CultureInfo.InvariantCulture, $"{nodes.Done} of {nodes.Total} nodes are dual-stack"),
    };

    /// <summary>Says which nodes are missing, by pool.</summary>
    /// <param name="nodes">The nodes.</param>
    /// <returns>One line.</returns>
    public static string Missing(NodeObservation nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        if (!nodes.Readable)
        {
            return Nodes(nodes);
        }

        var pools = nodes.Pools.Where(pool => pool.Done < pool.Total).ToList();
        var more = nodes.PoolCount - nodes.PoolsDone - pools.Count;
        var text = string.Join(", ", pools.Select(Pool));
        if (more > 0)
        {
            text += string.Create(CultureInfo.InvariantCulture, $" and {more} more pools");
        }

        return nodes.SingleStackNodes.Count == 0 ? text : $"{text}; single-stack: {string.Join(", ", nodes.SingleStackNodes)}";
    }

    private static string Pool(PoolObservation pool) =>
        string.Create(CultureInfo.InvariantCulture, $"{(pool.Pool.Length == 0 ? "(no pool)" : pool.Pool)} {pool.Total - pool.Done} of {pool.Total} missing");

    private static void Add(List<string> parts, ConstraintObservation? constraint)
    {
        if (constraint is not null)
        {
            parts.Add($"{constraint.Type} {constraint.Status}");
        }
    }
}
