using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Hosting;

namespace Dualstack.GardenSimulator.Http;

/// <summary>Everything the server answers.</summary>
internal sealed class RequestHandler(Garden garden, CertificateAuthority authority, IReadOnlyDictionary<string, GardenUser> users, Func<Uri> address, CancellationToken stopping)
{
    private readonly GardenApi gardenApi = new(garden, authority, address);
    private readonly ClusterApi clusterApi = new(garden);
    private readonly SimulatorApi simulatorApi = new(garden);

    public async Task HandleAsync(HttpContext context)
    {
        context.Response.Headers.Date = garden.Now.ToString("r", CultureInfo.InvariantCulture);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            await RouteAsync(context, ending.Token);
        }
        catch (ApiError error)
        {
            await AnswerAsync(context, ApiAnswer.Of(error.Code, error.ToStatus()) with { RetryAfterSeconds = error.RetryAfterSeconds }, ending.Token);
        }
        catch (JsonException exception)
        {
            await AnswerAsync(context, ApiAnswer.Of(400, ApiError.BadRequest($"the body cannot be read: {exception.Message}").ToStatus()), ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            context.Abort();
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException or KeyNotFoundException or NullReferenceException or Microsoft.Data.Sqlite.SqliteException)
        {
            // A fault of the simulator itself must not look like a broken connection.
            await AnswerAsync(context, ApiAnswer.Of(500, new ApiError(500, "InternalError", $"Internal error occurred: {exception.Message}").ToStatus()), ending.Token);
        }
        catch (IOException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The client has gone.
        }
    }

    private async Task RouteAsync(HttpContext context, CancellationToken cancellationToken)
    {
        var path = context.Request.Path.Value ?? "/";
        if (path.StartsWith("/simulator/", StringComparison.Ordinal))
        {
            await AnswerAsync(context, await simulatorApi.HandleAsync(context, path, cancellationToken), cancellationToken);
            return;
        }

        IApi api = gardenApi;
        Caller? caller;
        if (path.StartsWith("/shoots/", StringComparison.Ordinal))
        {
            var uid = path.Split('/')[2];
            api = clusterApi.For(uid) ?? throw ApiError.UnknownPath();
            path = path[(path.IndexOf(uid, StringComparison.Ordinal) + uid.Length)..];
            if (clusterApi.Unreachable(uid))
            {
                context.Abort();
                return;
            }

            caller = await ClusterCallerAsync(context, uid, cancellationToken);
        }
        else
        {
            caller = GardenCaller(context);
        }

        if (PublicDocument(path) is { } text)
        {
            await TextAsync(context, text, cancellationToken);
            return;
        }

        if (caller is null)
        {
            throw ApiError.Unauthorized();
        }

        if (Documents.Find(context, path, api.Catalog, api.Prefix) is { } document)
        {
            await AnswerAsync(context, document.Answer, cancellationToken, document.ContentType);
            return;
        }

        var request = ApiRequest.Parse(context, path) ?? throw ApiError.UnknownPath();
        await new ResourceRequest(garden, api, caller, stopping).HandleAsync(context, request, cancellationToken);
    }

    private string? PublicDocument(string path) => path.TrimEnd('/') switch
    {
        "/healthz" or "/livez" or "/readyz" => "ok",
        "/version" => new JsonObject
        {
            ["major"] = "1",
            ["minor"] = "33",
            ["gitVersion"] = "v1.33.4",
            ["gitCommit"] = "0000000000000000000000000000000000000000",
            ["gitTreeState"] = "clean",
            ["buildDate"] = "2026-08-01T00:00:00Z",
            ["goVersion"] = "none",
            ["compiler"] = "none",
            ["platform"] = $"garden-simulator/{garden.Flavour.Version}",
        }.ToJsonString(),
        _ => null,
    };

    private Caller? GardenCaller(HttpContext context)
    {
        var header = context.Request.Headers.Authorization.ToString();
        return header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) && users.TryGetValue(header["Bearer ".Length..].Trim(), out var user)
            ? new Caller(user.Name, user.Allows) { Verbs = user.Verbs, Resources = user.Resources }
            : null;
    }

    private async Task<Caller?> ClusterCallerAsync(HttpContext context, string uid, CancellationToken cancellationToken)
    {
        var certificate = await context.Connection.GetClientCertificateAsync(cancellationToken);
        if (certificate is null || !authority.Issued(certificate))
        {
            return null;
        }

        var (user, group, shoot, expires) = CertificateAuthority.Read(certificate);
        if (shoot != uid || expires <= garden.Now || user is null)
        {
            return null;
        }

        var viewer = group == "gardener.cloud:project:viewers";
        return new Caller(user, (verb, resource, _) => !viewer || (verb is "get" or "list" or "watch" && resource != "secrets") || AccessReviews.Is(resource))
        {
            Verbs = viewer ? ["get", "list", "watch"] : ["*"],
        };
    }

    private static Task TextAsync(HttpContext context, string text, CancellationToken cancellationToken)
    {
        context.Response.ContentType = text.StartsWith('{') ? "application/json" : "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text, cancellationToken);
    }

    internal static async Task AnswerAsync(HttpContext context, ApiAnswer answer, CancellationToken cancellationToken, string contentType = "application/json")
    {
        if (context.Response.HasStarted)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.Code;
        context.Response.ContentType = contentType;
        context.Response.ContentLength = answer.Body.Length;
        if (answer.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await context.Response.Body.WriteAsync(answer.Body, cancellationToken);
    }
}
