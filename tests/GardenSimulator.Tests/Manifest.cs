namespace Dualstack.GardenSimulator.Tests;

/// <summary>Shoot manifests for tests.</summary>
internal static class Manifest
{
    public static string Aws(
        string name = "shop",
        string families = "[IPv4]",
        string overlay = "overlay: {enabled: false}",
        string annotations = "{}",
        string pools = "[{name: sys, minimum: 2, maximum: 4, zones: [a, b]}, {name: load, minimum: 1, maximum: 9, zones: [a]}]",
        string extra = "",
        string status = "",
        string provider = "aws") => $$"""
        apiVersion: core.gardener.cloud/v1beta1
        kind: Shoot
        metadata:
          name: {{name}}
          namespace: garden-retail
          generation: 4
          annotations: {{annotations}}
        spec:
          cloudProfile: {kind: CloudProfile, name: {{provider}} }
          region: eu-central-1
          kubernetes: {version: 1.33.4}
          networking:
            type: calico
            ipFamilies: {{families}}
            nodes: 10.250.0.0/16
            providerConfig: {apiVersion: calico.networking.extensions.gardener.cloud/v1alpha1, kind: NetworkConfig, {{overlay}} }
          provider: {type: {{provider}}, workers: {{pools}} }
          {{extra}}
        {{status}}
        """;

    public static string IPv6Only(string name = "shop") => $$"""
        apiVersion: core.gardener.cloud/v1beta1
        kind: Shoot
        metadata: {name: {{name}}, namespace: garden-retail}
        spec:
          region: eu-central-1
          kubernetes: {version: 1.33.4}
          networking: {type: calico, ipFamilies: [IPv6], providerConfig: {overlay: {enabled: false} } }
          provider: {type: aws, workers: [{name: sys, minimum: 1, maximum: 2}]}
        """;

    public static string Workerless(string name = "shop") => $$"""
        apiVersion: core.gardener.cloud/v1beta1
        kind: Shoot
        metadata: {name: {{name}}, namespace: garden-retail}
        spec:
          region: eu-central-1
          kubernetes: {version: 1.33.4}
          networking: {ipFamilies: [IPv4]}
          provider: {type: aws}
        """;
}
