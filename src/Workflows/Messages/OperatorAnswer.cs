namespace Dualstack.Workflows;

/// <summary>Answer to an update.</summary>
/// <param name="RequestId">The request.</param>
/// <param name="Changed">Whether it changed anything; false for a repeated request and for one that was true already.</param>
/// <param name="Sentence">What comes of it.</param>
public sealed record OperatorAnswer(string RequestId, bool Changed, string Sentence);
