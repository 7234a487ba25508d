namespace Dualstack.Gardener.Garden;

/// <summary>A right in the garden.</summary>
/// <param name="Verb">The verb, such as <c>patch</c>.</param>
/// <param name="Resource">The resource, such as <c>shoots</c> or <c>shoots/viewerkubeconfig</c>.</param>
public sealed record GardenRight(string Verb, string Resource);
