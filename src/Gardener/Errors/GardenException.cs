namespace Dualstack.Gardener.Errors;

/// <summary>A garden or a shoot's API did not do what it was asked for. The message is one sentence for people.</summary>
public sealed class GardenException : Exception
{
    /// <summary>Creates an exception without a cause of its own.</summary>
    public GardenException()
        : this(GardenErrorKind.Unreachable, "The garden cannot be reached.")
    {
    }

    /// <summary>Creates an exception about a garden that does not answer.</summary>
    /// <param name="message">One sentence for people.</param>
    public GardenException(string message)
        : this(GardenErrorKind.Unreachable, message)
    {
    }

    /// <summary>Creates an exception about a garden that does not answer.</summary>
    /// <param name="message">One sentence for people.</param>
    /// <param name="innerException">What lies behind it.</param>
    public GardenException(string message, Exception innerException)
        : this(GardenErrorKind.Unreachable, message, innerException)
    {
    }

    /// <summary>Creates an exception of a kind.</summary>
    /// <param name="kind">What went wrong.</param>
    /// <param name="message">One sentence for people.</param>
    /// <param name="innerException">What lies behind it.</param>
    public GardenException(GardenErrorKind kind, string message, Exception? innerException = null)
        : base(message, innerException) => Kind = kind;

    /// <summary>What went wrong.</summary>
    public GardenErrorKind Kind { get; }

    /// <summary>Whether the same request can succeed later without anybody doing anything.</summary>
    public bool IsTransient => Kind is GardenErrorKind.Conflict or GardenErrorKind.Expired or GardenErrorKind.Unreachable;

    /// <summary>What the server said, word for word; null if it said nothing.</summary>
    public string? ServerWords { get; init; }

    /// <summary>How long the server asked to wait; null if it did not say.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
