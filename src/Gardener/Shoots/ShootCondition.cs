namespace Dualstack.Gardener.Shoots;

/// <summary>A condition or a constraint of a shoot.</summary>
/// <param name="Type">What it is about.</param>
/// <param name="Status"><c>True</c>, <c>False</c>, <c>Progressing</c> or <c>Unknown</c>.</param>
/// <param name="Reason">Machine-readable reason.</param>
/// <param name="Message">Gardener's sentence.</param>
/// <param name="LastTransitionTime">When <paramref name="Status"/> changed last, by the garden's clock.</param>
/// <param name="LastUpdateTime">When any of it changed last, by the garden's clock.</param>
public sealed record ShootCondition(
    string Type,
    string Status,
    string Reason,
    string Message,
    DateTimeOffset? LastTransitionTime,
    DateTimeOffset? LastUpdateTime)
{
    /// <summary>Whether the status is <c>True</c>.</summary>
    public bool IsTrue => Status == "True";

    /// <summary>Whether the status is <c>Progressing</c>, or <c>False</c> as Gardener before v1.126 wrote for the same.</summary>
    public bool IsProgressing => Status is "Progressing" or "False";
}
