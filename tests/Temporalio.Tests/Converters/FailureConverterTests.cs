using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Converters;

public sealed class FailureConverterTests
{
    private static readonly DataConverter Converter = DataConverter.Default;

    [Fact]
    public async Task ToFailure_ApplicationFailure_CarriesAllItSays()
    {
        var exception = new ApplicationFailureException(
            "quota used up",
            new InvalidOperationException("inner"),
            errorType: "Quota",
            nonRetryable: true,
            details: ["eu", 3],
            nextRetryDelay: TimeSpan.FromSeconds(5),
            category: ApplicationErrorCategory.Benign);

        var failure = await Converter.ToFailureAsync(exception);

        Assert.Equal("quota used up", failure.Message);
        var info = failure.ApplicationFailureInfo;
        Assert.Equal(("Quota", true, ApplicationErrorCategory.Benign), (info.Type, info.NonRetryable, info.Category));
        Assert.Equal(5, info.NextRetryDelay.Seconds);
        Assert.Equal(["\"eu\"", "3"], info.Details.Payloads_.Select(p => p.Data.ToStringUtf8()));
        Assert.Equal("inner", failure.Cause.Message);
        Assert.Equal("InvalidOperationException", failure.Cause.ApplicationFailureInfo.Type);
        Assert.False(failure.Cause.ApplicationFailureInfo.NonRetryable);
        Assert.Empty(failure.Source);
    }

    [Fact]
    public async Task ToException_ApplicationFailure_ReadsDetailsByType()
    {
        var failure = await Converter.ToFailureAsync(new ApplicationFailureException("no", details: ["eu", 3]));

        var exception = Assert.IsType<ApplicationFailureException>(await Converter.ToExceptionAsync(failure));

        Assert.Equal(2, exception.Details.Count);
        Assert.Equal("eu", exception.Details.ElementAt<string>(0));
        Assert.Equal(3, exception.Details.ElementAt<int>(1));
    }

    [Fact]
    public async Task ToException_ActivityFailure_KeepsItsCause()
    {
        var failure = new Failure
        {
            Message = "Activity task failed",
            ActivityFailureInfo = new()
            {
                ActivityId = "1",
                ActivityType = new() { Name = "Roll" },
                RetryState = RetryState.MaximumAttemptsReached,
                Identity = "worker",
            },
            Cause = new() { Message = "timed out", TimeoutFailureInfo = new() { TimeoutType = TimeoutType.Heartbeat } },
        };

        var exception = Assert.IsType<ActivityFailureException>(await Converter.ToExceptionAsync(failure));

        Assert.Equal(
            ("1", "Roll", RetryState.MaximumAttemptsReached, "worker"),
            (exception.ActivityId, exception.ActivityType, exception.RetryState, exception.Identity));
        var cause = Assert.IsType<TimeoutFailureException>(exception.InnerException);
        Assert.Equal(TimeoutType.Heartbeat, cause.TimeoutType);
    }

    [Fact]
    public async Task ToFailure_ExceptionFromServer_IsSentAsItCame()
    {
        var failure = new Failure
        {
            Message = "from another SDK",
            Source = "GoSDK",
            StackTrace = "main.go:1",
            ApplicationFailureInfo = new() { Type = "custom" },
        };

        var exception = await Converter.ToExceptionAsync(failure);

        Assert.Equal(failure, await Converter.ToFailureAsync(exception));
        Assert.Contains("main.go:1", exception.StackTrace, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EncodedAttributes_HideMessageAndStack_UntilDecoded()
    {
        var converter = Converter with
        {
            FailureConverter = new DefaultFailureConverter.WithEncodedCommonAttributes(),
            PayloadCodec = new ReversingCodec(),
        };

        var failure = await converter.ToFailureAsync(new ApplicationFailureException("the secret", details: ["abc"]));

        Assert.Equal("Encoded failure", failure.Message);
        Assert.Empty(failure.StackTrace);
        Assert.DoesNotContain("the secret", failure.ToString(), StringComparison.Ordinal);
        Assert.Equal("\"cba\"", failure.ApplicationFailureInfo.Details.Payloads_.Single().Data.ToStringUtf8());
        var back = Assert.IsType<ApplicationFailureException>(await converter.ToExceptionAsync(failure));
        Assert.Equal("the secret", back.Message);
        Assert.Equal("abc", back.Details.ElementAt<string>(0));
    }

    [Fact]
    public async Task EncodedFailure_ThrownOn_WasWrittenInTheClear()
    {
        var converter = Converter with
        {
            FailureConverter = new DefaultFailureConverter.WithEncodedCommonAttributes(),
            PayloadCodec = new ReversingCodec(),
        };
        var first = await converter.ToFailureAsync(new ApplicationFailureException("the secret", new InvalidOperationException("its reason")));
        var thrownOn = await converter.ToExceptionAsync(new() { Message = "Activity task failed", ActivityFailureInfo = new(), Cause = first });

        var second = await converter.ToFailureAsync(new ApplicationFailureException("wrapped", thrownOn));
        var third = await converter.ToFailureAsync(thrownOn.InnerException!);

        Assert.DoesNotContain("the secret", second + third.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("its reason", second + third.ToString(), StringComparison.Ordinal);
        var back = await converter.ToExceptionAsync(second);
        Assert.Equal(
            ["wrapped", "Activity task failed", "the secret", "its reason"],
            [back.Message, back.InnerException!.Message, back.InnerException.InnerException!.Message, back.GetBaseException().Message]);
        Assert.Equal("the secret", (await converter.ToExceptionAsync(third)).Message);
    }

    [Fact]
    public void IsCanceled_SeesThroughActivities()
    {
        var canceled = new CanceledFailureException("cancelled");
        var activity = new ActivityFailureException(new() { ActivityFailureInfo = new() }, canceled);

        Assert.True(TemporalException.IsCanceledException(canceled));
        Assert.True(TemporalException.IsCanceledException(activity));
        Assert.True(TemporalException.IsCanceledException(new OperationCanceledException()));
        Assert.False(TemporalException.IsCanceledException(new ApplicationFailureException("no")));
    }
}
