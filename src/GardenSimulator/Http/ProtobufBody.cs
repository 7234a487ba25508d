using System.Text;
using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Http;

/// <summary>Bodies that kubectl sends in Kubernetes' protobuf form whatever the server prefers: access reviews and namespaces.</summary>
internal static class ProtobufBody
{
    private static readonly byte[] Magic = "k8s\0"u8.ToArray();

    public static bool Is(byte[] body) => body.AsSpan().StartsWith(Magic);

    public static JsonObject AccessReview(byte[] body)
    {
        var spec = Field(Raw(body), 2);
        var attributes = Field(spec, 1);
        var review = new JsonObject { ["apiVersion"] = "authorization.k8s.io/v1", ["kind"] = "SelfSubjectAccessReview" };
        if (attributes.Length > 0)
        {
            review.Child("spec")["resourceAttributes"] = new JsonObject
            {
                ["namespace"] = Text(attributes, 1),
                ["verb"] = Text(attributes, 2),
                ["group"] = Text(attributes, 3),
                ["version"] = Text(attributes, 4),
                ["resource"] = Text(attributes, 5),
                ["subresource"] = Text(attributes, 6),
                ["name"] = Text(attributes, 7),
            };
        }
        else
        {
            var path = Field(spec, 2);
            review.Child("spec")["nonResourceAttributes"] = new JsonObject { ["path"] = Text(path, 1), ["verb"] = Text(path, 2) };
        }

        return review;
    }

    /// <summary>As much of delete options as is looked at.</summary>
    public static JsonObject DeleteOptions(byte[] body) =>
        Text(Raw(body), 5) is { Length: > 0 } dryRun ? new JsonObject { ["dryRun"] = new JsonArray(dryRun) } : [];

    public static JsonObject Namespace(byte[] body)
    {
        var item = new JsonObject();
        item.Child("metadata")["name"] = Text(Field(Raw(body), 1), 1);
        return item;
    }

    private static ReadOnlySpan<byte> Raw(byte[] body) => Field(body.AsSpan(Magic.Length), 2);

    private static string Text(ReadOnlySpan<byte> message, int number) => Encoding.UTF8.GetString(Field(message, number));

    /// <summary>The last length-delimited field with the number.</summary>
    private static ReadOnlySpan<byte> Field(ReadOnlySpan<byte> message, int number)
    {
        ReadOnlySpan<byte> found = default;
        while (message.Length > 0)
        {
            var tag = Varint(ref message);
            switch (tag & 7)
            {
                case 0:
                    Varint(ref message);
                    break;
                case 1:
                    message = message[sizeof(ulong)..];
                    break;
                case 2:
                    var length = (int)Varint(ref message);
                    if (tag >> 3 == (ulong)number)
                    {
                        found = message[..length];
                    }

                    message = message[length..];
                    break;
                case 5:
                    message = message[sizeof(uint)..];
                    break;
                default:
                    throw ApiError.BadRequest("the protobuf body is malformed");
            }
        }

        return found;
    }

    private static ulong Varint(ref ReadOnlySpan<byte> message)
    {
        ulong value = 0;
        for (var shift = 0; message.Length > 0 && shift < 64; shift += 7)
        {
            var next = message[0];
            message = message[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw ApiError.BadRequest("the protobuf body is malformed");
    }
}
