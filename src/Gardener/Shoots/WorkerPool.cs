namespace Dualstack.Gardener.Shoots;

/// <summary>A worker pool of a shoot.</summary>
/// <param name="Name">Name of the pool.</param>
/// <param name="Minimum">Fewest nodes.</param>
/// <param name="Maximum">Most nodes.</param>
/// <param name="Zones">How many zones it is spread over; each has nodes and updates of its own.</param>
/// <param name="UpdateStrategy"><c>AutoRollingUpdate</c>, <c>AutoInPlaceUpdate</c> or <c>ManualInPlaceUpdate</c>.</param>
public sealed record WorkerPool(string Name, int Minimum, int Maximum, int Zones, string UpdateStrategy)
{
    /// <summary>Whether updates keep the nodes, so that they keep their single address family too.</summary>
    public bool IsInPlace => UpdateStrategy.EndsWith("InPlaceUpdate", StringComparison.Ordinal);
}
