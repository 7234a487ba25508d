using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>A codec that signs what it encodes with the context it was given, and takes nothing with another signature.</summary>
internal sealed class KeyedCodec(string? key = null) : IPayloadCodec, IWithSerializationContext<IPayloadCodec>
{
    private const string Signature = "signature";

    public IPayloadCodec WithSerializationContext(ISerializationContext context) => new KeyedCodec(context switch
    {
        ISerializationContext.Activity activity =>
            $"{activity.WorkflowType} {activity.WorkflowId} {activity.ActivityType} on {activity.ActivityTaskQueue}, local: {activity.IsLocal}",
        ISerializationContext.Workflow workflow => workflow.WorkflowId,
        _ => throw new NotSupportedException(),
    });

    public Task<IReadOnlyCollection<Payload>> EncodeAsync(IReadOnlyCollection<Payload> payloads) =>
        Task.FromResult<IReadOnlyCollection<Payload>>([.. payloads.Select(Sign)]);

    public Task<IReadOnlyCollection<Payload>> DecodeAsync(IReadOnlyCollection<Payload> payloads) =>
        Task.FromResult<IReadOnlyCollection<Payload>>([.. payloads.Select(Check)]);

    private Payload Sign(Payload payload)
    {
        var signed = payload.Clone();
        signed.Metadata.Add(Signature, ByteString.CopyFromUtf8(key ?? throw new InvalidOperationException("Nobody said whose payload this is.")));
        return signed;
    }

    private Payload Check(Payload payload)
    {
        var found = payload.Metadata.TryGetValue(Signature, out var signature) ? signature.ToStringUtf8() : "nobody";
        if (found != key)
        {
            throw new InvalidOperationException($"The payload of {found} was read as {key ?? "nobody"}'s.");
        }

        var read = payload.Clone();
        read.Metadata.Remove(Signature);
        return read;
    }
}
