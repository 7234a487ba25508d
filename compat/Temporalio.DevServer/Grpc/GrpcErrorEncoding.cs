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

    public static string Details(GrpcException error) =>
        Convert.ToBase64String(Status(error.Status, error.Message, error.Detail!)).TrimEnd('=');

    private static byte[] Status(StatusCode code, string message, IMessage detail)
    {
        using var stream = new MemoryStream();
        using var output = new CodedOutputStream(stream);
        output.WriteTag(1, WireFormat.WireType.Varint);
        output.WriteInt32((int)code);
        output.WriteTag(2, WireFormat.WireType.LengthDelimited);
        output.WriteString(message);
        output.WriteTag(3, WireFormat.WireType.LengthDelimited);
        output.WriteMessage(Any.Pack(detail));
        output.Flush();
        return stream.ToArray();
    }
}
