namespace Dualstack.Gardener.Errors;

/// <summary>What was asked of an API server, in the words of its access rules, so that an error can name it.</summary>
/// <param name="Api">Which API: "the garden", or "the API of shoot garden-retail/shop".</param>
/// <param name="Verb">The verb, such as <c>get</c> or <c>patch</c>.</param>
/// <param name="Resource">The resource, such as <c>shoots</c> or <c>nodes</c>.</param>
/// <param name="Namespace">The namespace; null for all or none.</param>
/// <param name="Subject">What it was about, such as "shoot garden-retail/shop".</param>
public sealed record ApiRequest(string Api, string Verb, string Resource, string? Namespace, string Subject);
