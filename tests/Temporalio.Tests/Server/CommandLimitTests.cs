using Google.Protobuf;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Cause = Temporalio.Api.Enums.V1.WorkflowTaskFailedCause;

namespace Dualstack.Temporalio.Tests.Server;

/// <summary>What a command may carry, how long its names may be, and how many of a kind may be under way.</summary>
public sealed class CommandLimitTests(TightServer tight) : IClassFixture<TightServer>
{
    private static readonly string LongName = new('n', TightServer.Id + 1);
    private static readonly Payloads Large = FakeWorker.Text(new string('x', TightServer.Blob));
    private static readonly Memo LargeMemo = new() { Fields = { ["m"] = FakeWorker.Text(new string('x', TightServer.Memo)).Payloads_[0] } };

    private static readonly Dictionary<string, Command> Oversized = new()
    {
        ["activity"] = Activity(Large),
        ["result"] = new() { CommandType = CommandType.CompleteWorkflowExecution, CompleteWorkflowExecutionCommandAttributes = new() { Result = Large } },
        ["failure"] = new()
        {
            CommandType = CommandType.FailWorkflowExecution,
            FailWorkflowExecutionCommandAttributes = new() { Failure = new() { Message = new string('x', TightServer.Blob) } },
        },
        ["marker"] = new()
        {
            CommandType = CommandType.RecordMarker,
            RecordMarkerCommandAttributes = new() { MarkerName = "m", Details = { ["d"] = Large } },
        },
        ["next run"] = new()
        {
            CommandType = CommandType.ContinueAsNewWorkflowExecution,
            ContinueAsNewWorkflowExecutionCommandAttributes = new() { Input = Large },
        },
        ["next run's memo"] = new()
        {
            CommandType = CommandType.ContinueAsNewWorkflowExecution,
            ContinueAsNewWorkflowExecutionCommandAttributes = new() { Memo = LargeMemo },
        },
        ["child"] = Child("child", Large),
        ["child's memo"] = Child("child", memo: LargeMemo),
        ["signal"] = Signal("other", Large),
        ["memo"] = new()
        {
            CommandType = CommandType.ModifyWorkflowProperties,
            ModifyWorkflowPropertiesCommandAttributes = new() { UpsertedMemo = LargeMemo },
        },
    };

    private static readonly Dictionary<string, Command> TooLong = new()
    {
        ["timer"] = FakeWorker.Timer(LongName, TimeSpan.FromSeconds(30)),
        ["cancelled timer"] = new() { CommandType = CommandType.CancelTimer, CancelTimerCommandAttributes = new() { TimerId = LongName } },
        ["activity's queue"] = Activity(queue: LongName),
        ["child's id"] = Child(LongName),
        ["child's type"] = Child("child", type: LongName),
        ["child's queue"] = Child("child", queue: LongName),
        ["signal's target"] = Signal(LongName),
        ["cancel's target"] = Cancel(LongName),
        ["marker"] = new() { CommandType = CommandType.RecordMarker, RecordMarkerCommandAttributes = new() { MarkerName = LongName } },
        ["next run's type"] = new()
        {
            CommandType = CommandType.ContinueAsNewWorkflowExecution,
            ContinueAsNewWorkflowExecutionCommandAttributes = new() { WorkflowType = new() { Name = LongName } },
        },
    };

    [Theory]
    [InlineData("activity", Cause.BadScheduleActivityAttributes)]
    [InlineData("result", Cause.BadScheduleActivityAttributes)]
    [InlineData("failure", Cause.BadFailWorkflowExecutionAttributes)]
    [InlineData("marker", Cause.BadRecordMarkerAttributes)]
    [InlineData("next run", Cause.BadContinueAsNewAttributes)]
    [InlineData("next run's memo", Cause.BadContinueAsNewAttributes)]
    [InlineData("child", Cause.BadStartChildExecutionAttributes)]
    [InlineData("child's memo", Cause.BadStartChildExecutionAttributes)]
    [InlineData("signal", Cause.BadSignalWorkflowExecutionAttributes)]
    [InlineData("memo", Cause.BadModifyWorkflowPropertiesAttributes)]
    public async Task TooLargePayload_FailsTheTaskAndEndsTheWorkflowAtOnce(string command, Cause cause)
    {
        var worker = new FakeWorker(tight.Server);
        await worker.StartAsync();
        var task = await worker.PollAsync();
        var refused = await Assert.ThrowsAsync<RpcException>(() => worker.AnswerAsync(task, Oversized[command]));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, refused.Code);
        var events = await worker.HistoryAsync();
        Assert.EndsWith("WorkflowTaskStarted WorkflowTaskFailed WorkflowExecutionTerminated", FakeWorker.Types(events), StringComparison.Ordinal);
        Assert.Equal(cause, events[^2].WorkflowTaskFailedEventAttributes.Cause);
        Assert.Equal(refused.Message, events[^1].WorkflowExecutionTerminatedEventAttributes.Reason);
        Assert.StartsWith($"{cause}: ", refused.Message, StringComparison.Ordinal);
        Assert.EndsWith(" exceeds size limit.", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TooLargeUpdateResult_EndsTheWorkflow()
    {
        var worker = new FakeWorker(tight.Server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync());
        var update = worker.UpdateAsync("u");
        var task = await worker.PollAsync();
        await Assert.ThrowsAsync<RpcException>(() => worker.AnswerAsync(task, [], request =>
        {
            FakeWorker.Accept(Assert.Single(task.Messages), complete: true)(request);
            var response = request.Messages[1].Body.Unpack<global::Temporalio.Api.Update.V1.Response>();
            response.Outcome.Success = Large;
            request.Messages[1].Body = Google.Protobuf.WellKnownTypes.Any.Pack(response);
        }));
        var aborted = await Assert.ThrowsAsync<RpcException>(() => update);
        Assert.Equal(RpcException.StatusCode.NotFound, aborted.Code);
        var events = await worker.HistoryAsync();
        Assert.Equal(Cause.BadUpdateWorkflowExecutionMessage, events[^2].WorkflowTaskFailedEventAttributes.Cause);
        Assert.Equal(EventType.WorkflowExecutionTerminated, events[^1].EventType);
    }

    [Fact]
    public async Task PayloadWithinItsLimit_InACommandThatIsLargerThanThat_IsTaken()
    {
        var worker = new FakeWorker(tight.Server);
        await worker.StartAsync();
        var command = worker.Activity("1", attributes =>
        {
            attributes.Input = FakeWorker.Text(new string('x', TightServer.Blob - 100));
            attributes.Header = new Header { Fields = { ["h"] = new Payload { Data = ByteString.CopyFrom(new byte[500]) } } };
        });
        await worker.AnswerAsync(await worker.PollAsync(), command);
        Assert.Equal(EventType.ActivityTaskScheduled, (await worker.HistoryAsync())[^1].EventType);
    }

    [Theory]
    [InlineData("timer", Cause.BadStartTimerAttributes)]
    [InlineData("cancelled timer", Cause.BadCancelTimerAttributes)]
    [InlineData("activity's queue", Cause.BadScheduleActivityAttributes)]
    [InlineData("child's id", Cause.BadStartChildExecutionAttributes)]
    [InlineData("child's type", Cause.BadStartChildExecutionAttributes)]
    [InlineData("child's queue", Cause.BadStartChildExecutionAttributes)]
    [InlineData("signal's target", Cause.BadSignalWorkflowExecutionAttributes)]
    [InlineData("cancel's target", Cause.BadRequestCancelExternalWorkflowExecutionAttributes)]
    [InlineData("marker", Cause.BadRecordMarkerAttributes)]
    [InlineData("next run's type", Cause.BadContinueAsNewAttributes)]
    public async Task TooLongName_FailsTheTask(string command, Cause cause) => await FailsAsync(cause, "length limit", TooLong[command]);

    [Theory]
    [InlineData("activities", Cause.PendingActivitiesLimitExceeded)]
    [InlineData("children", Cause.PendingChildWorkflowsLimitExceeded)]
    [InlineData("signals", Cause.PendingSignalsLimitExceeded)]
    [InlineData("cancels", Cause.PendingRequestCancelLimitExceeded)]
    public async Task OneTooManyPending_FailsTheTask(string kind, Cause cause) => await FailsAsync(
        cause,
        $"has reached the per-workflow limit of {TightServer.Pending}",
        [.. Enumerable.Range(0, TightServer.Pending + 1).Select(i => kind switch
        {
            "activities" => Activity(id: $"{i}"),
            "children" => Child($"child-{i}"),
            "signals" => Signal($"other-{i}"),
            _ => Cancel($"other-{i}"),
        })]);

    [Fact]
    public async Task SignalsAndCancelsToOthers_AreCountedApart()
    {
        var worker = new FakeWorker(tight.Server);
        await worker.StartAsync();
        await worker.AnswerAsync(await worker.PollAsync(), Signal("nobody"), Cancel("nobody"), Signal("nobody"), Cancel("nobody"));
        Assert.DoesNotContain(await worker.HistoryAsync(), item => item.EventType == EventType.WorkflowTaskFailed);
    }

    private static Command Activity(Payloads? input = null, string id = "a", string queue = "nobody") => new()
    {
        CommandType = CommandType.ScheduleActivityTask,
        ScheduleActivityTaskCommandAttributes = new()
        {
            ActivityId = id,
            ActivityType = new() { Name = "Act" },
            TaskQueue = new() { Name = queue },
            StartToCloseTimeout = Google.Protobuf.WellKnownTypes.Duration.FromTimeSpan(TimeSpan.FromSeconds(30)),
            Input = input,
        },
    };

    private static Command Child(string id, Payloads? input = null, Memo? memo = null, string type = "Child", string queue = "nobody") => new()
    {
        CommandType = CommandType.StartChildWorkflowExecution,
        StartChildWorkflowExecutionCommandAttributes = new()
        {
            WorkflowId = id,
            WorkflowType = new() { Name = type },
            TaskQueue = new() { Name = queue },
            Input = input,
            Memo = memo,
        },
    };

    private static Command Signal(string target, Payloads? input = null) => new()
    {
        CommandType = CommandType.SignalExternalWorkflowExecution,
        SignalExternalWorkflowExecutionCommandAttributes = new() { Execution = new() { WorkflowId = target }, SignalName = "s", Input = input },
    };

    private static Command Cancel(string target) => new()
    {
        CommandType = CommandType.RequestCancelExternalWorkflowExecution,
        RequestCancelExternalWorkflowExecutionCommandAttributes = new() { WorkflowId = target },
    };

    private async Task FailsAsync(Cause cause, string message, params Command[] commands)
    {
        var worker = new FakeWorker(tight.Server);
        await worker.StartAsync();
        var task = await worker.PollAsync();
        await Assert.ThrowsAsync<RpcException>(() => worker.AnswerAsync(task, commands));
        var failed = (await worker.HistoryAsync())[3].WorkflowTaskFailedEventAttributes;
        Assert.Equal(cause, failed.Cause);
        Assert.Contains(message, failed.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await worker.PollAsync()).Attempt);
    }
}
