using System.Text.Json;
using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Faults;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;
using Dualstack.GardenSimulator.Store;

namespace Dualstack.GardenSimulator.Http;

/// <summary>One request for a resource: who may, what is to go wrong, what happens, and what the audit log says about it.</summary>
internal sealed class ResourceRequest(Garden garden, IApi api, Caller caller, CancellationToken stopping)
{
    public async Task HandleAsync(HttpContext context, ApiRequest request, CancellationToken cancellationToken)
    {
        var body = await ReadBodyAsync(context, cancellationToken);
        var definition = api.Catalog.FirstOrDefault(item => item.Group == request.Group && item.Version == request.Version && item.Plural == request.Resource)
            ?? throw ApiError.UnknownPath();
        CheckSubresource(request, definition);
        if (request.IsWrite)
        {
            await DeliverAsync(context, Write(context, request, definition, body), cancellationToken);
            return;
        }

        if (request.IsWatch)
        {
            garden.Enter(() => Permit(request, body));
            var watches = new Watches(garden);
            await (definition == Catalog.Shoots
                ? watches.ShootsAsync(context, request, cancellationToken)
                : watches.DerivedAsync(context, request, definition, () => api.Derived(request), cancellationToken));
            return;
        }

        var render = garden.Enter(() =>
        {
            Permit(request, body);
            return api.Read(request, definition);
        });
        await RequestHandler.AnswerAsync(context, render(), cancellationToken);
    }

    private ApiAnswer Write(HttpContext context, ApiRequest request, ResourceDefinition definition, byte[] body) => garden.Enter(() =>
    {
        var entry = Entry(context, request, body);
        var (@namespace, shoot) = api.Subject(request);
        if (!entry.DryRun && Strike(FaultKind.DropBeforeCommit, request, body, @namespace, shoot) is { } drop)
        {
            garden.Record(entry with { Fault = "dropped" });
            return new ApiAnswer(0, default) { Fault = drop };
        }

        WriteResult result;
        try
        {
            Permit(request, body);
            if (Strike(FaultKind.WebhookDenial, request, body, @namespace, shoot) is { } denial)
            {
                throw ApiError.WebhookDenied(denial.Webhook ?? "validator.simulator.example", denial.Message ?? "denied");
            }

            result = api.Write(request, definition, body, caller);
        }
        catch (ApiError error)
        {
            garden.Record(entry with { Code = error.Code, Message = error.Message });
            return ApiAnswer.Of(error.Code, error.ToStatus()) with { RetryAfterSeconds = error.RetryAfterSeconds };
        }

        var fault = result.Committed
            ? Strike(FaultKind.WithholdAnswer, request, body, @namespace, shoot) ?? Strike(FaultKind.DelayAnswer, request, body, @namespace, shoot)
            : null;
        if (!AccessReviews.Is(definition.Plural))
        {
            garden.Record(entry with
            {
                Code = fault?.Kind == FaultKind.WithholdAnswer ? 0 : result.Code,
                Committed = result.Committed,
                Changed = result.Changed,
                Generation = result.Object.Number("metadata", "generation"),
                ResourceVersion = result.Object.Text("metadata", "resourceVersion"),
                Name = request.Name ?? result.Object.Text("metadata", "name"),
                Fault = fault is null ? null : fault.Kind == FaultKind.WithholdAnswer ? "withheld" : "delayed",
            });
        }

        // Noted here, inside the lock: the fault may be deleted before the answer is on its way.
        var released = fault?.Kind == FaultKind.DelayAnswer ? garden.Faults.Released(fault.Id) : null;
        return ApiAnswer.Of(result.Code, result.Body) with { Fault = fault, Released = released };
    });

    private async Task DeliverAsync(HttpContext context, ApiAnswer answer, CancellationToken cancellationToken)
    {
        switch (answer.Fault?.Kind)
        {
            case FaultKind.DropBeforeCommit or FaultKind.WithholdAnswer:
                context.Abort();
                return;
            case FaultKind.DelayAnswer:
                await answer.Released!.WaitAsync(stopping);
                break;
        }

        await RequestHandler.AnswerAsync(context, answer, cancellationToken);
    }

    private static void CheckSubresource(ApiRequest request, ResourceDefinition definition)
    {
        if (request.Subresource is null)
        {
            return;
        }

        var subresource = definition.Subresources.FirstOrDefault(item => item.Name == request.Subresource) ?? throw ApiError.UnknownPath();
        if (!subresource.Verbs.Contains(request.Verb))
        {
            throw ApiError.MethodNotAllowed();
        }
    }

    private void Permit(ApiRequest request, byte[] body)
    {
        var (@namespace, shoot) = api.Subject(request);
        if (Strike(FaultKind.AnswerWith, request, body, @namespace, shoot) is { } fault)
        {
            throw Refusal(fault, request);
        }

        if (!AccessReviews.Is(request.Resource) && !caller.Allows(request.Verb, request.FullResource, request.Namespace))
        {
            throw ApiError.Unpermitted(caller.Name, request.Verb, request.Group, request.FullResource, request.Name, request.Namespace);
        }
    }

    private ApiError Refusal(Fault fault, ApiRequest request) => fault.Code switch
    {
        401 => ApiError.Unauthorized(),
        403 when fault.Message is null => ApiError.Unpermitted(caller.Name, request.Verb, request.Group, request.FullResource, request.Name, request.Namespace),
        409 when fault.Message is null => ApiError.Modified(request.Group, request.Resource, request.Name ?? string.Empty),
        410 => ApiError.Expired(fault.Message ?? "The provided continue parameter is too old to display a consistent list result."),
        429 => new ApiError(429, "TooManyRequests", fault.Message ?? "the server has received too many requests and has asked us to try again later") { RetryAfterSeconds = fault.RetryAfterSeconds ?? 1 },
        503 => new ApiError(503, "ServiceUnavailable", fault.Message ?? "the server is currently unable to handle the request") { RetryAfterSeconds = fault.RetryAfterSeconds },
        { } code => new ApiError(code, code switch { 403 => "Forbidden", 404 => "NotFound", 409 => "Conflict", 422 => "Invalid", 504 => "Timeout", _ => "InternalError" }, fault.Message ?? "Internal error occurred: simulated fault") { RetryAfterSeconds = fault.RetryAfterSeconds },
        null => new ApiError(500, "InternalError", fault.Message ?? "Internal error occurred: simulated fault"),
    };

    private Fault? Strike(FaultKind kind, ApiRequest request, byte[] body, string? @namespace, string? shoot) =>
        garden.Faults.All.Count == 0 ? null : garden.Faults.Strike(fault => fault.Kind == kind
            && FaultBoard.For(fault, @namespace, shoot)
            && (fault.Verb is null || fault.Verb == request.Verb)
            && (fault.Resource is null ? kind == FaultKind.AnswerWith || !AccessReviews.Is(request.Resource) : fault.Resource == request.FullResource)
            && (fault.BodyContains is null || System.Text.Encoding.UTF8.GetString(body).Contains(fault.BodyContains, StringComparison.Ordinal)));

    private AuditEntry Entry(HttpContext context, ApiRequest request, byte[] body)
    {
        JsonNode? shown = null;
        if (body.Length > 0 && !ProtobufBody.Is(body))
        {
            try
            {
                shown = JsonNode.Parse(body);
            }
            catch (JsonException)
            {
                shown = System.Text.Encoding.UTF8.GetString(body);
            }
        }

        return new AuditEntry
        {
            Time = garden.Now,
            Verb = request.Verb,
            Path = api.Prefix + request.Path,
            Namespace = request.Namespace,
            Name = request.Name,
            User = caller.Name,
            UserAgent = context.Request.Headers.UserAgent.ToString(),
            FieldManager = request.Query("fieldManager"),
            DryRun = ShootWrites.IsDryRun(request, request.Method == "DELETE" ? body : []),
            ContentType = request.ContentType,
            Body = shown,
        };
    }

    private static async Task<byte[]> ReadBodyAsync(HttpContext context, CancellationToken cancellationToken)
    {
        if (context.Request.Method == "GET")
        {
            return [];
        }

        using var buffer = new MemoryStream();
        await context.Request.Body.CopyToAsync(buffer, cancellationToken);
        return buffer.ToArray();
    }
}
