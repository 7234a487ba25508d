using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Dualstack.Gardener.Access;

/// <summary>Token, password and client certificate of a kubeconfig; files are read again every few seconds, since others rotate them.</summary>
internal sealed class UserCredentialSource(KubeconfigUser user, TimeProvider time, ILogger logger) : ICredentialSource, IDisposable
{
    private static readonly TimeSpan FileLifetime = TimeSpan.FromSeconds(10);
    private readonly SemaphoreSlim gate = new(1);
    private Snapshot? current;
    private DateTimeOffset readAt;

    public async ValueTask<RequestCredentials> GetAsync(CancellationToken cancellationToken)
    {
        if (IsFresh(out var fresh))
        {
            return fresh;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            return IsFresh(out fresh) ? fresh : await RefreshAsync(cancellationToken);
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask<bool> RejectAsync(RequestCredentials rejected, CancellationToken cancellationToken)
    {
        if (!user.HasFiles)
        {
            return false;
        }

        await gate.WaitAsync(cancellationToken);
        try
        {
            return await RefreshAsync(cancellationToken) != rejected;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose() => gate.Dispose();

    private static string Decode(string base64, string field)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(base64));
        }
        catch (FormatException)
        {
            throw new CryptographicException($"{field} is not base64");
        }
    }

    private static async Task<string?> PemAsync(string? data, string? file, string field, CancellationToken cancellationToken) =>
        !string.IsNullOrEmpty(data) ? Decode(data, field)
        : file is not null ? await File.ReadAllTextAsync(file, cancellationToken)
        : null;

    private bool IsFresh(out RequestCredentials credentials)
    {
        var known = Volatile.Read(ref current);
        credentials = known?.Credentials ?? RequestCredentials.None;
        return known is not null && (!user.HasFiles || time.GetUtcNow() - readAt < FileLifetime);
    }

    private async Task<RequestCredentials> RefreshAsync(CancellationToken cancellationToken)
    {
        try
        {
            var read = await ReadAsync(cancellationToken);
            if (current is null || !current.SameAs(read))
            {
                if (current is not null)
                {
                    logger.LogInformation("Read renewed credentials of kubeconfig user {User}", user.Name);
                }

                Volatile.Write(ref current, read);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            if (current is null)
            {
                throw new GardenAccessException(
                    GardenAccessProblem.CredentialsUnreadable, $"The credentials of kubeconfig user \"{user.Name}\" cannot be read: {e.Message.TrimEnd('.')}.", e);
            }

            // Somebody may be in the middle of replacing the files.
            logger.LogWarning("The credential files of kubeconfig user {User} cannot be read again: {Reason}", user.Name, e.Message);
        }

        readAt = time.GetUtcNow();
        return current.Credentials;
    }

    private async Task<Snapshot> ReadAsync(CancellationToken cancellationToken)
    {
        var token = user.TokenFile is { } file ? (await File.ReadAllTextAsync(file, cancellationToken)).Trim() : user.Token;
        if (user.TokenFile is not null && token is "")
        {
            throw new IOException($"{user.TokenFile} is empty");
        }

        var certificate = await PemAsync(user.CertificateData, user.CertificateFile, "client-certificate-data", cancellationToken);
        var key = await PemAsync(user.KeyData, user.KeyFile, "client-key-data", cancellationToken);
        return new Snapshot(token, certificate, key, current is { } known && known.Certificate == certificate && known.Key == key
            ? new RequestCredentials(Header(token), known.Credentials.Certificate)
            : new RequestCredentials(Header(token), certificate is null || key is null ? null : ClientCertificate.FromPem(certificate, key)));
    }

    private AuthenticationHeaderValue? Header(string? token) =>
        token is not null ? new AuthenticationHeaderValue("Bearer", token)
        : user.UserName is not null
            ? new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user.UserName}:{user.Password}")))
        : null;

    private sealed class Snapshot(string? token, string? certificate, string? key, RequestCredentials credentials)
    {
        public string? Certificate => certificate;

        public string? Key => key;

        public RequestCredentials Credentials => credentials;

        public bool SameAs(Snapshot other) => token == other.Token && certificate == other.Certificate && key == other.Key;

        private string? Token => token;
    }
}
