using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Http;

/// <summary>The resources that the garden's API and the shoots' APIs have.</summary>
internal static class Catalog
{
    private static readonly string[] All = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"];
    private static readonly string[] Change = ["delete", "get", "list", "patch", "watch"];

    private static readonly ResourceDefinition Namespaces = new("", "v1", "namespaces", "Namespace", false)
    {
        ShortNames = ["ns"],
        Verbs = ["create", "get", "list", "watch"],
        Columns = [new("Status", "string", 0, item => item.Text("status", "phase") ?? "")],
    };

    private static readonly ResourceDefinition Events = new("", "v1", "events", "Event", true) { ShortNames = ["ev"] };

    private static readonly ResourceDefinition AccessReviews =
        new("authorization.k8s.io", "v1", "selfsubjectaccessreviews", "SelfSubjectAccessReview", false) { Verbs = ["create"] };

    private static readonly ResourceDefinition RulesReviews =
        new("authorization.k8s.io", "v1", "selfsubjectrulesreviews", "SelfSubjectRulesReview", false) { Verbs = ["create"] };

    public static ResourceDefinition Shoots { get; } = new(Keys.Group, "v1beta1", "shoots", "Shoot", true)
    {
        Categories = ["all"],
        Verbs = All,
        Subresources =
        [
            new("status", "Shoot", Keys.Group, "v1beta1", "get", "patch", "update"),
            new("adminkubeconfig", "AdminKubeconfigRequest", "authentication.gardener.cloud", "v1alpha1", "create"),
            new("viewerkubeconfig", "ViewerKubeconfigRequest", "authentication.gardener.cloud", "v1alpha1", "create"),
        ],
        Columns =
        [
            new("CloudProfile", "string", 0, item => item.Text("spec", "cloudProfile", "name") ?? item.Text("spec", "cloudProfileName") ?? ""),
            new("Provider", "string", 0, item => item.Text("spec", "provider", "type") ?? ""),
            new("Region", "string", 0, item => item.Text("spec", "region") ?? ""),
            new("Seed", "string", 0, item => item.Text("status", "seedName") ?? item.Text("spec", "seedName") ?? "<none>"),
            new("K8S Version", "string", 0, item => item.Text("spec", "kubernetes", "version") ?? ""),
            new("Hibernation", "string", 0, Hibernation),
            new("Last Operation", "string", 0, LastOperation),
            new("Status", "string", 0, item => item.Text("metadata", "labels", Keys.StatusLabel) ?? ""),
            new("Purpose", "string", 0, item => item.Text("spec", "purpose") ?? ""),
            new("Gardener Version", "string", 1, item => item.Text("status", "gardener", "version") ?? ""),
            new("APIServer", "string", 1, item => Condition(item, "APIServerAvailable")),
            new("Control", "string", 1, item => Condition(item, "ControlPlaneHealthy")),
            new("Observability", "string", 1, item => Condition(item, "ObservabilityComponentsHealthy")),
            new("Nodes", "string", 1, item => Condition(item, "EveryNodeReady")),
            new("System", "string", 1, item => Condition(item, "SystemComponentsHealthy")),
        ],
    };

    public static IReadOnlyList<ResourceDefinition> Garden { get; } =
    [
        Namespaces,
        new("", "v1", "configmaps", "ConfigMap", true) { ShortNames = ["cm"] },
        Events,
        Shoots,
        new(Keys.Group, "v1beta1", "projects", "Project", false)
        {
            Columns =
            [
                new("Namespace", "string", 0, item => item.Text("spec", "namespace") ?? ""),
                new("Status", "string", 0, item => item.Text("status", "phase") ?? ""),
            ],
        },
        AccessReviews,
        RulesReviews,
    ];

    public static IReadOnlyList<ResourceDefinition> Cluster { get; } =
    [
        Namespaces with { Verbs = ["get", "list", "watch"] },
        Events,
        new("", "v1", "nodes", "Node", false)
        {
            ShortNames = ["no"],
            Verbs = Change,
            Columns =
            [
                new("Status", "string", 0, item => item.Flag("spec", "unschedulable") == true ? "Ready,SchedulingDisabled" : "Ready"),
                new("Roles", "string", 0, _ => "<none>"),
                new("Version", "string", 0, item => item.Text("status", "nodeInfo", "kubeletVersion") ?? ""),
                new("Internal-IP", "string", 1, item => item.Objects("status", "addresses").FirstOrDefault().Text("address") ?? ""),
                new("Pod-CIDRs", "string", 1, item => string.Join(',', item.Texts("spec", "podCIDRs"))),
            ],
        },
        new("", "v1", "pods", "Pod", true)
        {
            ShortNames = ["po"],
            Categories = ["all"],
            Verbs = Change,
            Columns =
            [
                new("Ready", "string", 0, _ => "1/1"),
                new("Status", "string", 0, item => item.Text("status", "phase") ?? ""),
                new("Restarts", "string", 0, _ => "0"),
                new("IPs", "string", 1, item => string.Join(',', item.Objects("status", "podIPs").Select(ip => ip.Text("ip")))),
                new("Node", "string", 1, item => item.Text("spec", "nodeName") ?? ""),
            ],
        },
        new("", "v1", "services", "Service", true)
        {
            ShortNames = ["svc"],
            Categories = ["all"],
            Verbs = ["get", "list", "patch", "watch"],
            Columns =
            [
                new("Type", "string", 0, item => item.Text("spec", "type") ?? ""),
                new("Cluster-IP", "string", 0, item => item.Text("spec", "clusterIP") ?? ""),
                new("External-IP", "string", 0, _ => "<none>"),
                new("Port(s)", "string", 0, item => string.Join(',', item.Objects("spec", "ports").Select(port => $"{port.Text("port")}/{port.Text("protocol")}"))),
                new("Cluster-IPs", "string", 1, item => string.Join(',', item.Texts("spec", "clusterIPs"))),
            ],
        },
        new("apps", "v1", "deployments", "Deployment", true)
        {
            ShortNames = ["deploy"],
            Categories = ["all"],
            Verbs = ["get", "list", "patch", "watch"],
            Columns =
            [
                new("Ready", "string", 0, item => $"{item.Text("status", "readyReplicas")}/{item.Text("spec", "replicas")}"),
                new("Up-to-date", "string", 0, item => item.Text("status", "updatedReplicas") ?? ""),
                new("Available", "string", 0, item => item.Text("status", "availableReplicas") ?? ""),
            ],
        },
        new("policy", "v1", "poddisruptionbudgets", "PodDisruptionBudget", true)
        {
            ShortNames = ["pdb"],
            Columns = [new("Allowed Disruptions", "integer", 0, item => item.Text("status", "disruptionsAllowed") ?? "")],
        },
        AccessReviews,
        RulesReviews,
    ];

    private static string Condition(JsonObject shoot, string type) =>
        shoot.Objects("status", "conditions").FirstOrDefault(item => item.Text("type") == type).Text("status") ?? "";

    private static string Hibernation(JsonObject shoot) =>
        (shoot.Flag("spec", "hibernation", "enabled") == true, shoot.Flag("status", "hibernated") == true) switch
        {
            (true, true) => "Hibernated",
            (true, false) => "Hibernating...",
            (false, true) => "Waking Up...",
            _ => "Awake",
        };

    private static string LastOperation(JsonObject shoot) =>
        shoot.At("status", "lastOperation") is { } operation
            ? $"{operation.Text("type")} {operation.Text("state")} ({operation.Text("progress")}%)"
            : "<pending>";
}
