using Google.Protobuf;
using Temporalio.Api.WorkflowService.V1;

namespace Temporalio.Client.Transport;

/// <summary>One call and what its name says about how long it may take.</summary>
internal sealed record GrpcCall(string Service, string Rpc, IMessage Request)
{
    private static readonly TimeSpan Ordinary = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongPoll = TimeSpan.FromSeconds(70);

    internal string Path => $"/{Service}/{Rpc}";

    internal bool IsTaskPoll => Request is PollWorkflowTaskQueueRequest or PollActivityTaskQueueRequest;

    // Answered by the server when something happens, at the latest after 20 seconds.
    internal bool IsUserLongPoll => Request is
        GetWorkflowExecutionHistoryRequest { WaitNewEvent: true } or
        PollWorkflowExecutionUpdateRequest or
        UpdateWorkflowExecutionRequest or
        ExecuteMultiOperationRequest;

    internal TimeSpan DefaultTimeout => IsTaskPoll || IsUserLongPoll ? LongPoll : Ordinary;

    internal string? Namespace =>
        Request.Descriptor.FindFieldByName("namespace")?.Accessor.GetValue(Request) is string { Length: > 0 } name ? name : null;
}
