using Dualstack.Starter.Cli;
using Dualstack.Starter.Output;
using Dualstack.Worker;

namespace Dualstack.Starter.Commands;

/// <summary>Says what runs here.</summary>
internal sealed class VersionCommand() : CliCommand("version", "Prints the versions of the product and of the client libraries in it.")
{
    protected override Task<int> RunAsync(CliContext context, CancellationToken cancellationToken)
    {
        context.Output.Result(
            new
            {
                apiVersion = "dualstack.dev/v1",
                kind = "Version",
                product = ProductVersions.Product,
                temporalSdk = ProductVersions.TemporalSdk,
                kubernetesClient = ProductVersions.KubernetesClient,
                standIn = ProductVersions.IsStandIn(ProductVersions.TemporalSdk),
            },
            table => Columns.WritePairs(
                table,
                [
                    ("dualstack", ProductVersions.Product),
                    ("Temporal SDK", ProductVersions.TemporalSdk),
                    ("Kubernetes client", ProductVersions.KubernetesClient),
                ]));
        if (ProductVersions.IsStandIn(ProductVersions.TemporalSdk))
        {
            context.Output.Warn("this build talks to Temporal through a STAND-IN for its SDK; for production build with -p:OfficialPackages=true.");
        }

        return Task.FromResult(ExitCode.Done);
    }
}
