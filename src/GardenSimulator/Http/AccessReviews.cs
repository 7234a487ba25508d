using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Faults;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Http;

/// <summary>Answers what a user may do.</summary>
internal static class AccessReviews
{
    public static bool Is(string resource) => resource is "selfsubjectaccessreviews" or "selfsubjectrulesreviews";

    public static WriteResult Create(ApiRequest request, byte[] body, Caller caller, FaultBoard faults) =>
        request.Resource == "selfsubjectaccessreviews" ? Review(body, caller, faults) : Rules(caller);

    private static WriteResult Rules(Caller caller)
    {
        var rule = new JsonObject
        {
            ["verbs"] = JsonTree.TextArray(caller.Verbs),
            ["apiGroups"] = JsonTree.TextArray(["*"]),
            ["resources"] = JsonTree.TextArray(caller.Resources),
        };
        return new WriteResult(201, new JsonObject
        {
            ["apiVersion"] = "authorization.k8s.io/v1",
            ["kind"] = "SelfSubjectRulesReview",
            ["metadata"] = new JsonObject(),
            ["spec"] = new JsonObject(),
            ["status"] = new JsonObject { ["incomplete"] = false, ["nonResourceRules"] = new JsonArray(), ["resourceRules"] = new JsonArray(rule) },
        })
        {
            Committed = false,
            Changed = false,
        };
    }

    private static WriteResult Review(byte[] body, Caller caller, FaultBoard faults)
    {
        var review = ProtobufBody.Is(body) ? ProtobufBody.AccessReview(body) : Patches.ParseObject(body);
        var allowed = true;
        if (review.At("spec", "resourceAttributes") is { } attributes)
        {
            var verb = attributes.Text("verb") ?? string.Empty;
            var resource = attributes.Text("resource") ?? string.Empty;
            resource = attributes.Text("subresource") is { Length: > 0 } subresource ? $"{resource}/{subresource}" : resource;
            var @namespace = attributes.Text("namespace") is { Length: > 0 } given ? given : null;
            var name = attributes.Text("name") is { Length: > 0 } named ? named : null;
            allowed = caller.Allows(verb, resource, @namespace)
                && !faults.All.Any(fault => fault is { Kind: FaultKind.AnswerWith, Code: 403, Times: 0 }
                    && (fault.Verb is null || fault.Verb == verb) && (fault.Resource is null || fault.Resource == resource)
                    && (fault.Namespace is null || fault.Namespace == @namespace)
                    && (fault.Shoot is null || fault.Shoot == name));
        }

        review["apiVersion"] = "authorization.k8s.io/v1";
        review["kind"] = "SelfSubjectAccessReview";
        review["status"] = new JsonObject { ["allowed"] = allowed, ["reason"] = allowed ? "RBAC: allowed" : "" };
        return new WriteResult(201, review) { Committed = false, Changed = false };
    }
}
