using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;

namespace Temporalio.Converters;

public static class PayloadCodecExtensions
{
    public static async Task<Payload> EncodeSingleAsync(this IPayloadCodec codec, Payload payload) =>
        Single(await codec.EncodeAsync([payload]));

    public static async Task<Payload> DecodeSingleAsync(this IPayloadCodec codec, Payload payload) =>
        Single(await codec.DecodeAsync([payload]));

    public static Task EncodeFailureAsync(this IPayloadCodec codec, Failure failure) => ApplyAsync(codec.EncodeAsync, failure);

    public static Task DecodeFailureAsync(this IPayloadCodec codec, Failure failure) => ApplyAsync(codec.DecodeAsync, failure);

    internal static async Task EncodePayloadsAsync(this IPayloadCodec codec, Payloads payloads) =>
        await ReplaceAsync(codec.EncodeAsync, payloads);

    internal static async Task DecodePayloadsAsync(this IPayloadCodec codec, Payloads payloads) =>
        await ReplaceAsync(codec.DecodeAsync, payloads);

    private static Payload Single(IReadOnlyCollection<Payload> payloads) => payloads.Count == 1
        ? payloads.First()
        : throw new InvalidOperationException($"The codec answered {payloads.Count} payloads for one.");

    private static async Task ApplyAsync(Func<IReadOnlyCollection<Payload>, Task<IReadOnlyCollection<Payload>>> apply, Failure? failure)
    {
        for (; failure != null; failure = failure.Cause)
        {
            if (failure.EncodedAttributes != null)
            {
                failure.EncodedAttributes = Single(await apply([failure.EncodedAttributes]));
            }

            var details = failure.FailureInfoCase switch
            {
                Failure.FailureInfoOneofCase.ApplicationFailureInfo => failure.ApplicationFailureInfo.Details,
                Failure.FailureInfoOneofCase.CanceledFailureInfo => failure.CanceledFailureInfo.Details,
                Failure.FailureInfoOneofCase.TimeoutFailureInfo => failure.TimeoutFailureInfo.LastHeartbeatDetails,
                Failure.FailureInfoOneofCase.ResetWorkflowFailureInfo => failure.ResetWorkflowFailureInfo.LastHeartbeatDetails,
                _ => null,
            };
            if (details != null)
            {
                await ReplaceAsync(apply, details);
            }
        }
    }

    private static async Task ReplaceAsync(
        Func<IReadOnlyCollection<Payload>, Task<IReadOnlyCollection<Payload>>> apply, Payloads payloads)
    {
        if (payloads.Payloads_.Count == 0)
        {
            return;
        }

        // Materialized first: a codec may answer lazily from the very collection that is replaced.
        var applied = (await apply([.. payloads.Payloads_])).ToList();
        payloads.Payloads_.Clear();
        payloads.Payloads_.AddRange(applied);
    }
}
