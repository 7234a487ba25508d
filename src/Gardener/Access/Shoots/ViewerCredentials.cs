using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Dualstack.Gardener.Shoots;
using k8s;
using k8s.Autorest;
using Microsoft.Extensions.Logging;

namespace Dualstack.Gardener.Access;

/// <summary>Asks the garden for a viewer's kubeconfig of one shoot.</summary>
internal sealed class ViewerCredentials(IKubernetes garden, ShootKey key, ShootAccessOptions options, ILogger logger)
{
    private const int ShortestSeconds = 600;
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(5);

    public ShootKey Key => key;

    /// <exception cref="GardenAccessException">The garden gives none.</exception>
    public async Task<ShootSession> RequestAsync(CancellationToken cancellationToken)
    {
        var body = new JsonObject
        {
            ["apiVersion"] = "authentication.gardener.cloud/v1alpha1",
            ["kind"] = "ViewerKubeconfigRequest",
            ["spec"] = new JsonObject { ["expirationSeconds"] = Math.Max(ShortestSeconds, (long)options.Lifetime.TotalSeconds) },
        };
        try
        {
            using var answer = await garden.CustomObjects.CreateNamespacedCustomObjectWithHttpMessagesAsync<JsonElement>(
                body,
                GardenNames.Group,
                GardenNames.Version,
                key.Namespace,
                $"{GardenNames.Shoots}/{key.Name}/viewerkubeconfig",
                cancellationToken: cancellationToken);
            var session = await ReadAsync(answer.Body, answer.Response.Headers.Date, cancellationToken);
            logger.LogDebug("Got access to the API of shoot {Shoot} until {RenewAt}", key, session.RenewAt);
            return session;
        }
        catch (HttpOperationException e)
        {
            throw Explain(e);
        }
        catch (JsonException)
        {
            throw NoAccess("the garden's answer is not JSON");
        }
    }

    private async Task<ShootSession> ReadAsync(JsonElement answer, DateTimeOffset? gardenTime, CancellationToken cancellationToken)
    {
        if (answer.Text("status", "kubeconfig") is not { Length: > 0 } base64
            || !DateTimeOffset.TryParse(
                answer.Text("status", "expirationTimestamp"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var expires))
        {
            throw NoAccess("the garden's answer holds no kubeconfig with an expiration time");
        }

        // Counted from the garden's clock, so that this machine's may be wrong.
        var now = options.TimeProvider.GetUtcNow();
        var lifetime = expires - (gardenTime ?? now);
        var renewAt = now + lifetime - TimeSpan.FromTicks(Math.Clamp(lifetime.Ticks / 5, 0, LongestMargin.Ticks));
        try
        {
            var kubeconfig = KubeconfigLoader.Parse(Encoding.UTF8.GetString(Convert.FromBase64String(base64)), $"the kubeconfig of shoot {key}");
            return await ShootSession.CreateAsync(kubeconfig, renewAt, options, logger, cancellationToken);
        }
        catch (FormatException)
        {
            throw NoAccess("the garden's answer holds a kubeconfig that is not base64");
        }
    }

    private GardenAccessException Explain(HttpOperationException answer) =>
        AccessRefusal.Explain("the garden", answer) ?? answer.Response.StatusCode switch
        {
            HttpStatusCode.NotFound => new GardenAccessException(GardenAccessProblem.NotFound, $"Shoot {key} does not exist in the garden.", answer),
            HttpStatusCode.Forbidden => new GardenAccessException(
                GardenAccessProblem.Forbidden, $"The right to create shoots/viewerkubeconfig.{GardenNames.Group} in namespace {key.Namespace} of the garden is missing.", answer),
            HttpStatusCode.UnprocessableEntity => NoAccess("the garden knows no address of its API yet", answer),
            var code => NoAccess($"the garden answered {(int)code} to the request for a kubeconfig", answer),
        };

    private GardenAccessException NoAccess(string why, Exception? inner = null) =>
        new(GardenAccessProblem.NoShootAccess, $"There is no access to the API of shoot {key}: {why}.", inner);
}
