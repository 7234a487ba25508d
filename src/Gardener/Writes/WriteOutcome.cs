namespace Dualstack.Gardener.Writes;

/// <summary>How a guarded write ended.</summary>
public enum WriteOutcome
{
    /// <summary>This attempt has written.</summary>
    Written,

    /// <summary>An earlier attempt had written; this one wrote nothing.</summary>
    AlreadyWritten,

    /// <summary>The shoot is not what the decision was made for; nothing was written.</summary>
    DecideAnew,
}
