namespace Dualstack.Workflows.Decisions;

/// <summary>The address families of a network.</summary>
public static class AddressFamilies
{
    /// <summary>Adds the other family behind one: the primary family never changes.</summary>
    /// <param name="first">The family that a shoot has, <c>IPv4</c> or <c>IPv6</c>.</param>
    /// <returns>Both, in the order of <c>spec.networking.ipFamilies</c>.</returns>
    public static IReadOnlyList<string> Both(string first) => [first, first == "IPv4" ? "IPv6" : "IPv4"];
}
