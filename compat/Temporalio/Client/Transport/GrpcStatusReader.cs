using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Temporalio.Exceptions;

namespace Temporalio.Client.Transport;

/// <summary>Finds the outcome of a call in its trailers, or in its headers where the server had nothing else to send.</summary>
internal static class GrpcStatusReader
{
    internal static RpcException? Read(HttpResponseMessage response)
    {
        var headers = Has(response.TrailingHeaders) ? response.TrailingHeaders : response.Headers;
        if (!Has(headers))
        {
            return FromHttp(response);
        }

        if (!int.TryParse(First(headers, "grpc-status"), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return new(RpcException.StatusCode.Unknown, "The server's answer carries an unreadable grpc-status.", null);
        }

        if (number == 0)
        {
            return null;
        }

        var code = Enum.IsDefined((RpcException.StatusCode)number) ? (RpcException.StatusCode)number : RpcException.StatusCode.Unknown;
        return new(code, DecodeMessage(First(headers, "grpc-message") ?? string.Empty), Details(First(headers, "grpc-status-details-bin")));
    }

    internal static string DecodeMessage(string message)
    {
        if (!message.Contains('%', StringComparison.Ordinal))
        {
            return message;
        }

        var bytes = new List<byte>(message.Length);
        for (var i = 0; i < message.Length; i++)
        {
            if (message[i] == '%' && i + 2 < message.Length
                && byte.TryParse(message.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value))
            {
                bytes.Add(value);
                i += 2;
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(message, i, 1));
            }
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    private static bool Has(HttpResponseHeaders headers) => headers.Contains("grpc-status");

    private static string? First(HttpResponseHeaders headers, string name) =>
        headers.TryGetValues(name, out var values) ? values.FirstOrDefault() : null;

    private static byte[]? Details(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        // Senders may leave out the padding.
        text = text.PadRight((text.Length + 3) / 4 * 4, '=');
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }

    private static RpcException FromHttp(HttpResponseMessage response)
    {
        var code = response.StatusCode switch
        {
            HttpStatusCode.BadRequest => RpcException.StatusCode.Internal,
            HttpStatusCode.Unauthorized => RpcException.StatusCode.Unauthenticated,
            HttpStatusCode.Forbidden => RpcException.StatusCode.PermissionDenied,
            HttpStatusCode.NotFound => RpcException.StatusCode.Unimplemented,
            HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or
                HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => RpcException.StatusCode.Unavailable,
            _ => RpcException.StatusCode.Unknown,
        };
        return new(code, $"The server answered HTTP {(int)response.StatusCode} without a gRPC status.", null);
    }
}
