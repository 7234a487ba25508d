using Temporalio.Api.Common.V1;
using Temporalio.Workflows;

namespace Temporalio.Worker.Engine;

/// <summary>A local activity that workflow code asked for.</summary>
internal sealed class LocalActivityOperation(
    long seq, string id, string type, Payloads? input, Header? header, LocalActivityOptions options, LocalActivityRetry? retry)
{
    internal long Seq { get; } = seq;

    internal string Id { get; } = id;

    internal string Type { get; } = type;

    internal Payloads? Input { get; } = input;

    internal Header? Header { get; } = header;

    internal LocalActivityOptions Options { get; } = options;

    internal int Attempt { get; } = retry?.Attempt ?? 1;

    internal required DateTime OriginalScheduleTime { get; init; }

    /// <summary>Gets what people are shown of it, encoded.</summary>
    internal Payload? Summary { get; init; }

    /// <summary>Gets when this worker took it up.</summary>
    internal DateTime ScheduleTime { get; } = DateTime.UtcNow;

    internal TaskCompletionSource<ActivityOutcome> Ended { get; } = new();

    /// <summary>Gets what tells the running attempt to stop.</summary>
    internal CancellationTokenSource Cancellation { get; } = new();

    internal bool IsRunning { get; set; }

    internal bool IsResolved { get; set; }
}
