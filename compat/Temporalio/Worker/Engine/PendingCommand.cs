using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace Temporalio.Worker.Engine;

/// <summary>A command that workflow code issued and that history has not shown as an event yet.</summary>
internal sealed class PendingCommand(Command command, EventType expected, string description)
{
    internal Command Command { get; } = command;

    internal EventType Expected { get; } = expected;

    internal string Description { get; } = description;

    /// <summary>Gets or sets a value indicating whether a completed workflow task has carried it to the server.</summary>
    internal bool Sent { get; set; }

    /// <summary>Gets or sets its place among all that the run issued.</summary>
    internal int Number { get; set; }

    internal Action<HistoryEvent>? OnEvent { get; init; }

    /// <summary>Gets what differs between the command and an event of the expected type, if ids are to be compared.</summary>
    internal Func<HistoryEvent, string?>? Differs { get; init; }

    internal string? PatchId { get; init; }

    internal bool IsVersionUpsert { get; init; }

    internal long? LocalActivitySeq { get; init; }
}
