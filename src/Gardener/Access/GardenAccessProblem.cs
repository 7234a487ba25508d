namespace Dualstack.Gardener.Access;

/// <summary>Why a Kubernetes API could not be asked at all.</summary>
public enum GardenAccessProblem
{
    /// <summary>There is no kubeconfig where one is looked for, and this is no pod in a cluster.</summary>
    NoKubeconfig,

    /// <summary>The kubeconfig is malformed, or asks for something that is not supported.</summary>
    InvalidKubeconfig,

    /// <summary>The kubeconfig has no context of that name.</summary>
    UnknownContext,

    /// <summary>A token, certificate or key file cannot be read.</summary>
    CredentialsUnreadable,

    /// <summary>The credential plugin that the kubeconfig names is not installed.</summary>
    PluginMissing,

    /// <summary>The credential plugin failed, took too long or answered with something else than credentials.</summary>
    PluginFailed,

    /// <summary>No connection to the server, or it broke. The only problem that goes away by itself.</summary>
    Unreachable,

    /// <summary>The server's certificate does not come from the kubeconfig's certificate authority, or is not valid now.</summary>
    CertificateNotTrusted,

    /// <summary>The server's certificate is for other host names.</summary>
    WrongHostName,

    /// <summary>The server did not accept the credentials.</summary>
    Unauthorized,

    /// <summary>A right is missing.</summary>
    Forbidden,

    /// <summary>The shoot does not exist.</summary>
    NotFound,

    /// <summary>The garden gives no access to the shoot's API now: it has no address yet, or the garden's answer cannot be used.</summary>
    NoShootAccess,
}
