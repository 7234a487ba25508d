using System.Globalization;
using Google.Protobuf.Reflection;

namespace Temporalio.DevServer.Inspection;

/// <summary>A history event as rows of name and text, payloads decoded.</summary>
internal sealed record EventView(long Id, DateTime Time, string Type, string Summary, IReadOnlyList<(string Name, string Text)> Fields)
{
    public static EventView Of(HistoryEvent source)
    {
        var attributes = AttributesOf(source);
        var fields = attributes is null ? [] : FieldsOf(attributes).ToList();
        var summary = source.UserMetadata?.Summary is { } text ? Attributes.Plain(text) : Headline(attributes);
        return new EventView(source.EventId, source.EventTime.ToDateTime(), NameOf(source), summary, fields);
    }

    private static string NameOf(HistoryEvent source)
    {
        var name = source.EventType.ToString();
        return string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $" {char.ToLowerInvariant(c)}" : c.ToString(CultureInfo.InvariantCulture)));
    }

    private static IMessage? AttributesOf(HistoryEvent source)
    {
        var field = HistoryEvent.Descriptor.Oneofs.First(o => o.Name == "attributes").Accessor.GetCaseFieldDescriptor(source);
        return field?.Accessor.GetValue(source) as IMessage;
    }

    private static IEnumerable<(string Name, string Text)> FieldsOf(IMessage message)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            var value = field.Accessor.GetValue(message);
            if (!IsSet(field, message, value))
            {
                continue;
            }

            yield return (field.JsonName, TextOf(value));
        }
    }

    private static bool IsSet(FieldDescriptor field, IMessage message, object? value) => value switch
    {
        null => false,
        string text => text.Length > 0,
        bool flag => flag,
        System.Collections.ICollection collection => collection.Count > 0,
        Enum number => Convert.ToInt32(number, CultureInfo.InvariantCulture) != 0,
        Google.Protobuf.WellKnownTypes.Duration { Seconds: 0, Nanos: 0 } => false,
        IMessage => true,
        _ => !field.HasPresence ? Convert.ToDouble(value, CultureInfo.InvariantCulture) != 0 : field.Accessor.HasValue(message),
    };

    private static string TextOf(object value) => value switch
    {
        Payloads payloads => PayloadText.Of(payloads),
        Payload payload => PayloadText.Of(payload),
        WorkflowType type => type.Name,
        ActivityType type => type.Name,
        Header header => MapText(header.Fields),
        Memo memo => MapText(memo.Fields),
        SearchAttributes attributes => MapText(attributes.IndexedFields),
        Google.Protobuf.WellKnownTypes.Duration duration => duration.ToTimeSpan().ToString("c", CultureInfo.InvariantCulture),
        Google.Protobuf.WellKnownTypes.Timestamp time => time.ToDateTime().ToString("O", CultureInfo.InvariantCulture),
        Failure failure => FailureText.Of(failure),
        Google.Protobuf.WellKnownTypes.Any any => any.TypeUrl,
        IMessage message => string.Join(Environment.NewLine, FieldsOf(message).Select(Line)),
        IDictionary<string, Payload> map => MapText(map),
        string text => text,
        System.Collections.IEnumerable list => string.Join(Environment.NewLine, list.Cast<object>().Select(TextOf)),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string Line((string Name, string Text) field)
    {
        var text = field.Text.ReplaceLineEndings($"{Environment.NewLine}  ");
        return text.Contains('\n', StringComparison.Ordinal) ? $"{field.Name}:{Environment.NewLine}  {text}" : $"{field.Name}: {text}";
    }

    private static string MapText(IEnumerable<KeyValuePair<string, Payload>> map) =>
        string.Join(Environment.NewLine, map.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => $"{pair.Key}: {PayloadText.Of(pair.Value)}"));

    private static string Headline(IMessage? attributes) => attributes switch
    {
        WorkflowExecutionStartedEventAttributes a => a.WorkflowType?.Name ?? "",
        ActivityTaskScheduledEventAttributes a => a.ActivityType?.Name ?? "",
        ActivityTaskFailedEventAttributes a => a.Failure?.Message ?? "",
        WorkflowTaskFailedEventAttributes a => a.Failure?.Message ?? a.Cause.ToString(),
        WorkflowExecutionFailedEventAttributes a => a.Failure?.Message ?? "",
        WorkflowExecutionSignaledEventAttributes a => a.SignalName,
        TimerStartedEventAttributes a => Times.Length(a.StartToFireTimeout?.ToTimeSpan() ?? TimeSpan.Zero),
        MarkerRecordedEventAttributes a => a.MarkerName,
        StartChildWorkflowExecutionInitiatedEventAttributes a => a.WorkflowId,
        WorkflowExecutionUpdateAcceptedEventAttributes a => a.AcceptedRequest?.Input?.Name ?? "",
        _ => "",
    };
}
