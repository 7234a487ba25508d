namespace Dualstack.Gardener.Access;

/// <summary>A Kubernetes API could not be asked. The message is one sentence for people and holds no secret.</summary>
public sealed class GardenAccessException : Exception
{
    /// <summary>Creates an exception about a server that does not answer.</summary>
    public GardenAccessException()
        : this(GardenAccessProblem.Unreachable, "The API server cannot be reached.")
    {
    }

    /// <summary>Creates an exception about a server that does not answer.</summary>
    /// <param name="message">One sentence for people.</param>
    public GardenAccessException(string message)
        : this(GardenAccessProblem.Unreachable, message)
    {
    }

    /// <summary>Creates an exception about a server that does not answer.</summary>
    /// <param name="message">One sentence for people.</param>
    /// <param name="innerException">What lies behind it.</param>
    public GardenAccessException(string message, Exception innerException)
        : this(GardenAccessProblem.Unreachable, message, innerException)
    {
    }

    /// <summary>Creates an exception.</summary>
    /// <param name="problem">What is wrong.</param>
    /// <param name="message">One sentence for people.</param>
    /// <param name="innerException">What lies behind it, unless that could show a secret.</param>
    public GardenAccessException(GardenAccessProblem problem, string message, Exception? innerException = null)
        : base(message, innerException) => Problem = problem;

    /// <summary>What is wrong.</summary>
    public GardenAccessProblem Problem { get; }

    /// <summary>Whether the same request can succeed later without anybody doing anything.</summary>
    public bool IsTransient => Problem is GardenAccessProblem.Unreachable or GardenAccessProblem.NoShootAccess;
}
