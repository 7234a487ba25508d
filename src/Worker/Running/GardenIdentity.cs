using Dualstack.Gardener.Access;
using Dualstack.Gardener.Errors;
using Dualstack.Gardener.Garden;
using Dualstack.Worker.Configuration;

namespace Dualstack.Worker.Running;

/// <summary>Finds out which garden the kubeconfig leads to, by what its shoots say.</summary>
internal sealed class GardenIdentity(IGarden garden, GardenConnection connection, GardenSettings settings)
{
    /// <exception cref="GardenException">The garden could not be asked, or none of its shoots says it yet.</exception>
    public async Task<string> ResolveAsync(CancellationToken cancellationToken)
    {
        if (settings.Identity is { Length: > 0 } configured)
        {
            return configured;
        }

        foreach (var scope in Scopes())
        {
            try
            {
                if (await FindAsync(scope, cancellationToken) is { } found)
                {
                    return found;
                }
            }
            catch (GardenException e) when (e.Kind == GardenErrorKind.Forbidden && scope == ShootScope.All && connection.Namespace is not null)
            {
                // A project's member may list the shoots of the project only.
            }
        }

        throw new GardenException(
            GardenErrorKind.NotFound, $"No shoot at {connection.Server} shows the garden's identity yet; name it with --garden.");
    }

    private IEnumerable<ShootScope> Scopes()
    {
        if (settings.Namespaces.Count > 0)
        {
            return settings.Namespaces.Select(name => new ShootScope(name));
        }

        return connection.Namespace is { } own ? [ShootScope.All, new ShootScope(own)] : [ShootScope.All];
    }

    private async Task<string?> FindAsync(ShootScope scope, CancellationToken cancellationToken)
    {
        await foreach (var page in garden.ListAsync(scope, null, cancellationToken))
        {
            if (page.Items.Select(shoot => shoot.GardenIdentity).FirstOrDefault(identity => identity is not null) is { } found)
            {
                return found;
            }
        }

        return null;
    }
}
