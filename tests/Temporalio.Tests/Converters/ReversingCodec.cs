using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Dualstack.Temporalio.Tests.Converters;

/// <summary>A codec whose work is easy to see: it writes the data backwards.</summary>
internal sealed class ReversingCodec : IPayloadCodec
{
    public Task<IReadOnlyCollection<Payload>> EncodeAsync(IReadOnlyCollection<Payload> payloads) =>
        Task.FromResult<IReadOnlyCollection<Payload>>([.. payloads.Select(Reverse)]);

    public Task<IReadOnlyCollection<Payload>> DecodeAsync(IReadOnlyCollection<Payload> payloads) => EncodeAsync(payloads);

    private static Payload Reverse(Payload payload)
    {
        var reversed = payload.Clone();
        reversed.Data = ByteString.CopyFrom([.. payload.Data.Reverse()]);
        return reversed;
    }
}
