namespace Dualstack.Gardener.Access;

/// <summary>Credentials as a kubeconfig describes them. Paths are absolute.</summary>
/// <param name="Name">The entry's name.</param>
internal sealed record KubeconfigUser(string Name)
{
    public string? Token { get; init; }

    public string? TokenFile { get; init; }

    public string? UserName { get; init; }

    public string? Password { get; init; }

    public string? CertificateData { get; init; }

    public string? CertificateFile { get; init; }

    public string? KeyData { get; init; }

    public string? KeyFile { get; init; }

    public CredentialPlugin? Plugin { get; init; }

    public Impersonation? Impersonation { get; init; }

    public bool HasFiles => TokenFile is not null || CertificateFile is not null || KeyFile is not null;

    // A record's generated text would print the secrets.
    public override string ToString() => $"user {Name}";
}
