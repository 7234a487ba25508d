using System.Globalization;
using System.Text;

namespace Temporalio.DevServer.Grpc;

/// <summary>How an error travels in headers: percent-encoded sentence, and google.rpc.Status with one Any.</summary>
internal static class GrpcErrorEncoding
{
    public static string PercentEncode(string message)
    {
        var text = new StringBuilder(message.Length);
        foreach (var b in Encoding.UTF8.GetBytes(message))
        {
            if (b is >= 0x20 and <= 0x7e and not (byte)'%')
            {
                text.Append((char)b);
            }
            else
            {
                text.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
            }
        }

        return text.ToString();
    }

    public static string Details(GrpcException error)
    {
        // The same wire format as google.rpc.Status.
        var status = new GrpcStatus { Code = (int)error.Status, Message = error.Message, Details = { Any.Pack(error.Detail!) } };
        return Convert.ToBase64String(status.ToByteArray()).TrimEnd('=');
    }
}
