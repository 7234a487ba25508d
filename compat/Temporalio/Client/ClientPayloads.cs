using Temporalio.Api.Common.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Converters;

namespace Temporalio.Client;

/// <summary>Parts of requests that hold payloads; null where there is nothing to send.</summary>
internal static class ClientPayloads
{
    internal static async Task<Payloads?> ToPayloadsOrNullAsync(this DataConverter converter, IReadOnlyCollection<object?>? values)
    {
        if (values == null || values.Count == 0)
        {
            return null;
        }

        var payloads = new Payloads();
        payloads.Payloads_.AddRange(await converter.ToPayloadsAsync(values));
        return payloads;
    }

    /// <summary>Reads a result; the default value where nobody asked for one or, as from a void workflow of another SDK, there is none.</summary>
    internal static async Task<TResult> ToResultAsync<TResult>(this DataConverter converter, Payloads? result) =>
        typeof(TResult) != typeof(ValueTuple) && result is { Payloads_.Count: > 0 }
            ? await converter.ToSingleValueAsync<TResult>(result.Payloads_)
            : default!;

    internal static async Task<Header?> ToHeaderAsync(this DataConverter converter, IDictionary<string, Payload>? headers)
    {
        if (headers == null || headers.Count == 0)
        {
            return null;
        }

        var header = new Header();
        foreach (var (key, payload) in headers)
        {
            header.Fields[key] = converter.PayloadCodec == null ? payload : await converter.PayloadCodec.EncodeSingleAsync(payload);
        }

        return header;
    }

    internal static async Task<Memo?> ToMemoAsync(this DataConverter converter, IReadOnlyDictionary<string, object>? values)
    {
        if (values == null || values.Count == 0)
        {
            return null;
        }

        var memo = new Memo();
        foreach (var (key, value) in values)
        {
            memo.Fields[key] = await converter.ToPayloadAsync(value
                ?? throw new ArgumentException($"The memo value '{key}' is null.", nameof(values)));
        }

        return memo;
    }

    internal static async Task<UserMetadata?> ToUserMetadataAsync(this DataConverter converter, string? summary, string? details) =>
        summary == null && details == null
            ? null
            : new()
            {
                Summary = summary == null ? null : await converter.ToPayloadAsync(summary),
                Details = details == null ? null : await converter.ToPayloadAsync(details),
            };
}
