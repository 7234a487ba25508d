namespace Dualstack.Gardener.Access;

/// <summary>Where credentials come from.</summary>
internal interface ICredentialSource
{
    /// <summary>Gives credentials that are valid now as far as can be told.</summary>
    ValueTask<RequestCredentials> GetAsync(CancellationToken cancellationToken);

    /// <summary>Tells that the server refused credentials.</summary>
    /// <returns>Whether asking again can give other ones.</returns>
    ValueTask<bool> RejectAsync(RequestCredentials rejected, CancellationToken cancellationToken);
}
