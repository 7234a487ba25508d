namespace Dualstack.Gardener.Nodes;

/// <summary>The cluster DNS of a shoot.</summary>
/// <param name="ServiceAddresses">Cluster addresses of the service <c>kube-dns</c>; zero if there is no such service.</param>
/// <param name="Pods">CoreDNS pods that are not being deleted.</param>
/// <param name="MigratedPods">Those with as many addresses as families are asked for.</param>
public sealed record ClusterDns(int ServiceAddresses, int Pods, int MigratedPods);
