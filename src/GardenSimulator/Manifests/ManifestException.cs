namespace Dualstack.GardenSimulator.Manifests;

/// <summary>A manifest that cannot be used; the message names the file and, where known, the line.</summary>
public sealed class ManifestException : Exception
{
    /// <summary>For a manifest that cannot be used.</summary>
    /// <param name="message">File, line, and what is wrong.</param>
    public ManifestException(string message)
        : base(message)
    {
    }

    /// <summary>For a manifest that cannot be used.</summary>
    /// <param name="message">File, line, and what is wrong.</param>
    /// <param name="innerException">What the parser said.</param>
    public ManifestException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>For a manifest that cannot be used.</summary>
    public ManifestException()
    {
    }
}
