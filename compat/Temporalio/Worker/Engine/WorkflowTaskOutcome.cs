using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Protocol.V1;

namespace Temporalio.Worker.Engine;

/// <summary>What a workflow task sends to the server.</summary>
internal sealed record WorkflowTaskOutcome(IReadOnlyList<Command> Commands, IReadOnlyList<OutgoingMessage> Messages);

/// <summary>A protocol message whose body is still open to the payload codec.</summary>
internal sealed record OutgoingMessage(string Id, string ProtocolInstanceId, IMessage Body)
{
    internal Message ToProto() => new() { Id = Id, ProtocolInstanceId = ProtocolInstanceId, Body = Any.Pack(Body) };
}
