namespace Dualstack.Worker.Configuration;

/// <summary>The configuration cannot be used. The message is one sentence for people that names the setting.</summary>
public sealed class ConfigurationException : Exception
{
    /// <summary>Creates an exception without a sentence of its own.</summary>
    public ConfigurationException()
        : this("The configuration cannot be used.")
    {
    }

    /// <summary>Creates an exception.</summary>
    /// <param name="message">One sentence for people.</param>
    public ConfigurationException(string message)
        : base(message)
    {
    }

    /// <summary>Creates an exception.</summary>
    /// <param name="message">One sentence for people.</param>
    /// <param name="innerException">What lies behind it.</param>
    public ConfigurationException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
