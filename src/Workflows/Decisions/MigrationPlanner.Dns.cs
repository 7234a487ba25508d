using System.Globalization;
using Dualstack.Workflows.Evidence;
using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Decisions;

/// <summary>The stages after the pod network.</summary>
public sealed partial class MigrationPlanner
{
    private const string RestartTask = "restartCoreAddons";

    private NextStep RestartCoreDns(MigrationState state, ShootObservation observation, DateTimeOffset now)
    {
        const string Meanwhile = "Gardener restarts CoreDNS";
        if (Hindrance(state, observation, now, Meanwhile) is { } hindrance)
        {
            return hindrance;
        }

        // The restart goes on after the run that began it; the next run only helps once it is through.
        if (state is { Reconciles: > 0, CoreDnsAwaited: false } && state.Nodes is not { Readable: false })
        {
            return WaitForCoreDns(state.Nodes);
        }

        return AskForRun(
            state, observation, now,
            new NextStep.Write(WriteKind.CoreDnsRun, state.Reconciles == 0
                ? "Ask for the reconcile that restarts CoreDNS"
                : "CoreDNS is restarted: ask for the reconcile in which Gardener notices")
            {
                // Without the constraint no run restarts CoreDNS by itself, whatever the version.
                Tasks = observation.DnsConstraint is null ? [RestartTask] : [],
            },
            Meanwhile);
    }

    private NextStep Verify(MigrationState state, ShootObservation observation, DateTimeOffset now)
    {
        if (RunDecision.Of(observation, state.Awaited) != RunState.Ended)
        {
            return WaitForGardener(state, observation, "Gardener ends its last run");
        }

        if (Unhealthy(state, observation, now, request.Settings.GardenerFallback) is { } unhealthy)
        {
            return unhealthy;
        }

        if (EvidenceChanges.FreshNodes(state) is not { } nodes)
        {
            return new NextStep.CountNodes();
        }

        return nodes switch
        {
            { Readable: false } => Succeeded([$"The nodes could not be looked at: {nodes.WhyNot}", .. Trusted(state)]),
            _ when nodes.Done < nodes.Total => Block(reasons.Verification($"single-stack nodes: {Sentences.Missing(nodes)}")),
            { CoreDnsPods: > 0 } when !nodes.CoreDnsDual() => RestartCoreDns(state, observation, now),
            { KubeDnsAddresses: 1 } => AskForRun(
                state, observation, now,
                new NextStep.Write(WriteKind.KubeDnsRun, "kube-dns still has one address: ask for one more reconcile"),
                "Gardener gives kube-dns its second address"),
            { Total: 0 } => Succeeded(["There were no nodes to look at.", .. Trusted(state)]),
            _ => Succeeded([.. Trusted(state)]),
        };
    }

    private static NextStep.Finish Succeeded(IReadOnlyList<string> waivers) => waivers.Count == 0
        ? Finish(MigrationOutcome.Succeeded, "The shoot is dual-stack: nodes, CoreDNS and kube-dns were looked at.")
        : Finish(
            MigrationOutcome.SucceededWithWaivers,
            string.Create(CultureInfo.InvariantCulture, $"The shoot is dual-stack as far as could be seen. {string.Join(" ", waivers)}"));

    private static IEnumerable<string> Trusted(MigrationState state) =>
        state.NodesTrusted ? ["The replacement of the nodes was taken on a person's word."] : [];

    private NextStep.Wait WaitForCoreDns(NodeObservation? nodes) => new(
        WaitingFor.CoreDns,
        nodes is { Readable: true }
            ? string.Create(CultureInfo.InvariantCulture, $"CoreDNS is being restarted; {nodes.CoreDnsPodsDual} of {nodes.CoreDnsPods} pods had two addresses when last seen.")
            : "CoreDNS is being restarted.",
        request.Settings.GardenerFallback)
    {
        Background = BackgroundLook.CoreDns,
    };
}
