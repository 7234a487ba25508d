using System.Text.Json.Serialization;

namespace Dualstack.Workflows.Writes;

/// <summary>How a guarded write ended.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<WriteOutcome>))]
public enum WriteOutcome
{
    /// <summary>This attempt has written.</summary>
    Written,

    /// <summary>An earlier attempt had written; this one wrote nothing.</summary>
    AlreadyWritten,

    /// <summary>The shoot is already as wanted; nothing was written.</summary>
    Unchanged,

    /// <summary>The shoot is not what the decision was made for; nothing was written.</summary>
    DecideAnew,

    /// <summary>The garden refused it, and would again; nothing was written.</summary>
    Refused,
}
