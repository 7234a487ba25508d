using Microsoft.Extensions.Logging;

namespace Dualstack.Gardener.Access;

/// <summary>Picks the source for a kubeconfig's user, in client-go's order.</summary>
internal static class CredentialSource
{
    public static ICredentialSource For(KubeconfigContext context, GardenConnectionOptions options, ILogger logger) => context.User switch
    {
        null => new UserCredentialSource(new KubeconfigUser("nobody"), options.TimeProvider, logger),
        { Plugin: { } plugin, Token: null, TokenFile: null, UserName: null } =>
            new PluginCredentialSource(new PluginRunner(plugin, context.Cluster, options), options.TimeProvider, logger),
        var user => new UserCredentialSource(user, options.TimeProvider, logger),
    };
}
