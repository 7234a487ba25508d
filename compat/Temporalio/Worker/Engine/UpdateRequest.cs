using Temporalio.Api.Update.V1;

namespace Temporalio.Worker.Engine;

/// <summary>An update as delivered with a workflow task, or as read back from the event that accepted it.</summary>
internal sealed record UpdateRequest(string MessageId, string ProtocolInstanceId, long EventId, Request Request);
