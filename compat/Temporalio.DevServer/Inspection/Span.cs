namespace Temporalio.DevServer.Inspection;

/// <summary>Something that happened between two events, or at one: an activity, a timer, a child, a message.</summary>
internal sealed class Span(long eventId, DateTime from, string kind, string name)
{
    public long EventId { get; } = eventId;

    public DateTime From { get; } = from;

    public string Kind { get; } = kind;

    public string Name { get; } = name;

    /// <summary>Null while it lasts.</summary>
    public DateTime? To { get; set; }

    public string Outcome { get; set; } = "";

    public string Tone { get; set; } = "wait";

    /// <summary>What went wrong.</summary>
    public string? Note { get; set; }
}
