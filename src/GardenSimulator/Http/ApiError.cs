using System.Text.Json.Nodes;

namespace Dualstack.GardenSimulator.Http;

/// <summary>An answer that is a Kubernetes Status of failure.</summary>
internal sealed class ApiError(int code, string reason, string message, JsonObject? details = null) : Exception(message)
{
    public int Code { get; } = code;

    public string Reason { get; } = reason;

    public int? RetryAfterSeconds { get; init; }

    public JsonObject ToStatus()
    {
        var status = new JsonObject
        {
            ["kind"] = "Status",
            ["apiVersion"] = "v1",
            ["metadata"] = new JsonObject(),
            ["status"] = "Failure",
            ["message"] = Message,
            ["reason"] = Reason,
        };
        if (details is not null)
        {
            status["details"] = details.DeepClone();
        }

        status["code"] = Code;
        return status;
    }

    public static ApiError NotFound(string group, string plural, string name) =>
        new(404, "NotFound", $"{Qualified(plural, group)} \"{name}\" not found", Details(group, plural, name));

    public static ApiError UnknownPath() => new(404, "NotFound", "the server could not find the requested resource", []);

    public static ApiError BadRequest(string message) => new(400, "BadRequest", message);

    public static ApiError Unauthorized() => new(401, "Unauthorized", "Unauthorized");

    public static ApiError MethodNotAllowed() =>
        new(405, "MethodNotAllowed", "the server does not allow this method on the requested resource", []);

    public static ApiError AlreadyExists(string group, string plural, string name) =>
        new(409, "AlreadyExists", $"{Qualified(plural, group)} \"{name}\" already exists", Details(group, plural, name));

    public static ApiError Conflict(string group, string plural, string name, string text) =>
        new(409, "Conflict", $"Operation cannot be fulfilled on {Qualified(plural, group)} \"{name}\": {text}", Details(group, plural, name));

    public static ApiError Modified(string group, string plural, string name) =>
        Conflict(group, plural, name, "the object has been modified; please apply your changes to the latest version and try again");

    public static ApiError Expired(string message) => new(410, "Expired", message);

    public static ApiError UnsupportedMediaType(string sent) =>
        new(415, "UnsupportedMediaType", $"the body of the request was in an unknown format - accepted media types include: application/json-patch+json, application/merge-patch+json, application/strategic-merge-patch+json, application/apply-patch+yaml; sent: {sent}");

    /// <summary>A refusal by a built-in admission plugin.</summary>
    public static ApiError Forbidden(string group, string plural, string name, string text) =>
        new(403, "Forbidden", $"{Qualified(plural, group)} \"{name}\" is forbidden: {text}", Details(group, plural, name));

    /// <summary>A refusal by the authorizer.</summary>
    public static ApiError Unpermitted(string user, string verb, string group, string resource, string? name, string? @namespace)
    {
        var plural = resource.Split('/')[0];
        var where = @namespace is null ? "at the cluster scope" : $"in the namespace \"{@namespace}\"";
        var subject = name is null ? Qualified(plural, group) : $"{Qualified(plural, group)} \"{name}\"";
        return new(
            403,
            "Forbidden",
            $"{subject} is forbidden: User \"{user}\" cannot {verb} resource \"{resource}\" in API group \"{group}\" {where}",
            Details(group, plural, name));
    }

    public static ApiError WebhookDenied(string webhook, string text) =>
        new(403, "Forbidden", $"admission webhook \"{webhook}\" denied the request: {text}");

    public static ApiError Invalid(string group, string kind, string name, IReadOnlyList<FieldError> errors)
    {
        var details = Details(group, kind, name);
        details["causes"] = new JsonArray([.. errors.Select(error => (JsonNode)new JsonObject
        {
            ["reason"] = error.Reason,
            ["message"] = error.Detail,
            ["field"] = error.Field,
        })]);
        var texts = errors.Select(error => $"{error.Field}: {error.Detail}").ToList();
        var text = texts.Count == 1 ? texts[0] : $"[{string.Join(", ", texts)}]";
        return new(422, "Invalid", $"{Qualified(kind, group)} \"{name}\" is invalid: {text}", details);
    }

    private static string Qualified(string resource, string group) => group.Length == 0 ? resource : $"{resource}.{group}";

    private static JsonObject Details(string group, string kind, string? name)
    {
        var details = new JsonObject();
        if (name is not null)
        {
            details["name"] = name;
        }

        if (group.Length > 0)
        {
            details["group"] = group;
        }

        details["kind"] = kind;
        return details;
    }
}
