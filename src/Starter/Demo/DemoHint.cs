using Dualstack.Starter.Output;
using Dualstack.Starter.Servers;
using Dualstack.Workflows;

namespace Dualstack.Starter.Demo;

/// <summary>How to look around once the demonstration is over. The result is printed already, so all of it is said to people.</summary>
internal static class DemoHint
{
    public static void Say(IOutput output, LocalServers servers, ShootKey shoot)
    {
        output.Say(string.Empty);
        output.Say("Everything goes on running. To look around, in another terminal:");
        output.Say("alias dualstack='dotnet run --project src/Starter --'");
        output.Say($"export TEMPORAL_ADDRESS={servers.TemporalAddress} TEMPORAL_NAMESPACE={servers.Options.Namespace} KUBECONFIG={servers.KubeconfigPath}");
        output.Say("dualstack list");
        output.Say($"dualstack status {shoot}");
        output.Say($"kubectl -n {shoot.Namespace} get shoot {shoot.Name} -o yaml");
        output.Say($"Temporal's view of it is at {servers.Ui}");
        output.Say("Ctrl-C ends everything and deletes its data.");
    }
}
