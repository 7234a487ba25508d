using System.Text.Json;
using System.Text.Json.Serialization;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Exceptions;

namespace Temporalio.Converters;

public class DefaultFailureConverter : IFailureConverter
{
    private const string EncodedMessage = "Encoded failure";

    public DefaultFailureConverter()
        : this(new())
    {
    }

    protected DefaultFailureConverter(DefaultFailureConverterOptions options) => Options = options;

    public DefaultFailureConverterOptions Options { get; }

    public virtual Failure ToFailure(Exception exception, IPayloadConverter payloadConverter)
    {
        var failure = (exception as FailureException)?.Failure?.Clone() ?? NewFailure(exception, payloadConverter);
        for (var part = failure; Options.EncodeCommonAttributes && part != null; part = part.Cause)
        {
            Encode(part, payloadConverter);
        }

        return failure;
    }

    public virtual Exception ToException(Failure failure, IPayloadConverter payloadConverter)
    {
        if (failure.EncodedAttributes != null && TryDecode(failure.EncodedAttributes, payloadConverter) is { } attributes)
        {
            failure = failure.Clone();
            failure.Message = attributes.Message ?? string.Empty;
            failure.StackTrace = attributes.StackTrace ?? string.Empty;
        }

        var inner = failure.Cause == null ? null : ToException(failure.Cause, payloadConverter);
        return failure.FailureInfoCase switch
        {
            Failure.FailureInfoOneofCase.ApplicationFailureInfo => new ApplicationFailureException(failure, inner, payloadConverter),
            Failure.FailureInfoOneofCase.TimeoutFailureInfo => new TimeoutFailureException(failure, inner, payloadConverter),
            Failure.FailureInfoOneofCase.CanceledFailureInfo => new CanceledFailureException(failure, inner, payloadConverter),
            Failure.FailureInfoOneofCase.TerminatedFailureInfo => new TerminatedFailureException(failure, inner, null),
            Failure.FailureInfoOneofCase.ServerFailureInfo => new ServerFailureException(failure, inner),
            Failure.FailureInfoOneofCase.ActivityFailureInfo => new ActivityFailureException(failure, inner),
            Failure.FailureInfoOneofCase.ChildWorkflowExecutionFailureInfo => new ChildWorkflowFailureException(failure, inner),
            _ => new FailureException(failure, inner),
        };
    }

    private static void Encode(Failure failure, IPayloadConverter payloadConverter)
    {
        // The causes of a failure that came from the server are still as they came.
        if (failure is { EncodedAttributes: not null, Message: EncodedMessage, StackTrace: "" })
        {
            return;
        }

        failure.EncodedAttributes = payloadConverter.ToPayload(new CommonAttributes(failure.Message, failure.StackTrace));
        failure.Message = EncodedMessage;
        failure.StackTrace = string.Empty;
    }

    private Failure NewFailure(Exception exception, IPayloadConverter payloadConverter)
    {
        var failure = new Failure { Message = exception.Message, StackTrace = exception.StackTrace ?? string.Empty };
        if (exception.InnerException is { } inner)
        {
            failure.Cause = ToFailure(inner, payloadConverter);
        }

        SetInfo(failure, exception, payloadConverter);
        return failure;
    }

    private static void SetInfo(Failure failure, Exception exception, IPayloadConverter payloadConverter)
    {
        switch (exception)
        {
            case ApplicationFailureException application:
                failure.ApplicationFailureInfo = new()
                {
                    Type = application.ErrorType ?? string.Empty,
                    NonRetryable = application.NonRetryable,
                    Details = Details(application.Details, payloadConverter),
                    NextRetryDelay = application.NextRetryDelay is { } delay ? Duration.FromTimeSpan(delay) : null,
                    Category = application.Category,
                };
                break;
            case CanceledFailureException canceled:
                failure.CanceledFailureInfo = new() { Details = Details(canceled.Details, payloadConverter) };
                break;
            case WorkflowAlreadyStartedException:
                break;
            default:
                failure.ApplicationFailureInfo = new() { Type = exception.GetType().Name };
                break;
        }
    }

    private static Payloads? Details(IFailureDetails? details, IPayloadConverter payloadConverter) => details switch
    {
        OutboundFailureDetails { Count: > 0 } outbound =>
            new() { Payloads_ = { outbound.Details!.Select(payloadConverter.ToPayload) } },
        InboundFailureDetails { Count: > 0 } inbound => new() { Payloads_ = { inbound.Payloads } },
        _ => null,
    };

    private static CommonAttributes? TryDecode(Payload payload, IPayloadConverter payloadConverter)
    {
        try
        {
            return (CommonAttributes?)payloadConverter.ToValue(payload, typeof(CommonAttributes));
        }
        catch (Exception e) when (e is ArgumentException or JsonException or InvalidOperationException or NotSupportedException)
        {
            // A failure that cannot be decoded is still shown as the failure that it is.
            return null;
        }
    }

    private sealed record CommonAttributes(
        [property: JsonPropertyName("message")] string? Message,
        [property: JsonPropertyName("stack_trace")] string? StackTrace);

    public class WithEncodedCommonAttributes() : DefaultFailureConverter(new() { EncodeCommonAttributes = true });
}
