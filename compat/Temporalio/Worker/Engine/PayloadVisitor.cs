using System.Collections;
using System.Collections.Concurrent;
using Google.Protobuf;
using Google.Protobuf.Collections;
using Google.Protobuf.Reflection;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Converters;

namespace Temporalio.Worker.Engine;

/// <summary>Runs a payload codec over the payloads in messages, leaving search attributes and the SDK's own data alone.</summary>
internal sealed class PayloadVisitor(IPayloadCodec codec, bool encode)
{
    private static readonly ConcurrentDictionary<MessageDescriptor, bool> Carriers = new();

    internal static Task EncodeAsync(IPayloadCodec? codec, IMessage? message) =>
        codec == null || message == null ? Task.CompletedTask : new PayloadVisitor(codec, true).VisitAsync(message);

    internal static Task DecodeAsync(IPayloadCodec? codec, IMessage? message) =>
        codec == null || message == null ? Task.CompletedTask : new PayloadVisitor(codec, false).VisitAsync(message);

    private static bool Carries(MessageDescriptor type) => Carriers.GetOrAdd(type, t => Finds(t, []));

    private static bool Finds(MessageDescriptor type, HashSet<string> seen)
    {
        if (type == Payload.Descriptor || type == Payloads.Descriptor || type == Failure.Descriptor)
        {
            return true;
        }

        return type != SearchAttributes.Descriptor && seen.Add(type.FullName) &&
            type.Fields.InDeclarationOrder().Any(f => f.FieldType == FieldType.Message && Finds(f.MessageType, seen));
    }

    private async Task VisitAsync(IMessage message)
    {
        if (message is Payloads payloads)
        {
            var changed = await ApplyAsync(payloads.Payloads_);
            payloads.Payloads_.Clear();
            payloads.Payloads_.AddRange(changed);
            return;
        }

        if (message is Failure failure)
        {
            await (encode ? codec.EncodeFailureAsync(failure) : codec.DecodeFailureAsync(failure));
            return;
        }

        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            if (field.FieldType != FieldType.Message || !Carries(field.MessageType))
            {
                continue;
            }

            if (field.IsMap)
            {
                await VisitMapAsync(message, (IDictionary)field.Accessor.GetValue(message));
            }
            else if (field.IsRepeated)
            {
                var list = (IList)field.Accessor.GetValue(message);
                for (var i = 0; i < list.Count; i++)
                {
                    list[i] = await ReplaceAsync((IMessage)list[i]!);
                }
            }
            else if (field.Accessor.GetValue(message) is IMessage child)
            {
                var replaced = await ReplaceAsync(child);
                if (!ReferenceEquals(replaced, child))
                {
                    field.Accessor.SetValue(message, replaced);
                }
            }
        }
    }

    private async Task VisitMapAsync(IMessage owner, IDictionary map)
    {
        foreach (var key in map.Keys.Cast<object>().ToList())
        {
            // The SDK's own bookkeeping in markers is readable by every worker.
            if (key is PatchMarker.DataKey or LocalActivityMarker.DataKey &&
                owner is MarkerRecordedEventAttributes or Api.Command.V1.RecordMarkerCommandAttributes)
            {
                continue;
            }

            if (map[key] is IMessage value)
            {
                map[key] = await ReplaceAsync(value);
            }
        }
    }

    private async Task<IMessage> ReplaceAsync(IMessage message)
    {
        if (message is Payload payload)
        {
            return encode ? await codec.EncodeSingleAsync(payload) : await codec.DecodeSingleAsync(payload);
        }

        await VisitAsync(message);
        return message;
    }

    private async Task<IReadOnlyCollection<Payload>> ApplyAsync(RepeatedField<Payload> payloads)
    {
        if (payloads.Count == 0)
        {
            return [];
        }

        IReadOnlyCollection<Payload> copy = [.. payloads];
        return [.. encode ? await codec.EncodeAsync(copy) : await codec.DecodeAsync(copy)];
    }
}
