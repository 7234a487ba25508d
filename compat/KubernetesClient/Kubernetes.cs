using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using k8s.Authentication;
using k8s.Autorest;
using k8s.Models;

namespace k8s;

public partial class Kubernetes : AbstractKubernetes, IKubernetes
{
    private readonly string tlsServerName;
    private readonly bool disableHttp2;
    private readonly JsonSerializerOptions jsonOptions;

    public Uri BaseUri { get; set; }

    public ServiceClientCredentials Credentials { get; private set; }

    public HttpClient HttpClient { get; protected set; }

    protected virtual Task<HttpResponseMessage> SendRequestRaw(string requestContent, HttpRequestMessage httpRequest, CancellationToken cancellationToken) =>
        HttpClient.SendAsync(httpRequest, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            HttpClient?.Dispose();
            clientCertificate?.Dispose();
        }
    }

    internal override async Task<HttpOperationResponse<T>> SendAsync<T>(ApiRequest request, CancellationToken cancellationToken)
    {
        var message = CreateMessage(request, out var requestContent);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (!request.IsWatch)
        {
            limit.CancelAfter(HttpClientTimeout);
        }

        HttpResponseMessage response = null;
        var handedOver = false;
        try
        {
            if (Credentials is not null)
            {
                await Credentials.ProcessHttpRequestAsync(message, limit.Token).ConfigureAwait(false);
            }

            response = await SendRequestRaw(requestContent, message, limit.Token).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode)
            {
                throw await FailureAsync(message, requestContent, response, limit.Token).ConfigureAwait(false);
            }

            var result = new HttpOperationResponse<T> { Request = message, Response = response };
            result.Body = request.IsWatch
                ? KubernetesJson.Deserialize<T>(await WatchContent.AttachAsync(response, limit.Token).ConfigureAwait(false), jsonOptions)
                : await ReadAsync<T>(response, limit.Token).ConfigureAwait(false);
            handedOver = true;
            return result;
        }
        finally
        {
            if (!handedOver)
            {
                message.Dispose();
                response?.Dispose();
            }
        }
    }

    private async Task<T> ReadAsync<T>(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            return await JsonSerializer.DeserializeAsync<T>(stream, jsonOptions ?? KubernetesJson.Options, cancellationToken).ConfigureAwait(false);
        }
    }

    private static async Task<HttpOperationException> FailureAsync(
        HttpRequestMessage message, string requestContent, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
        return new HttpOperationException($"Operation returned an invalid status code '{response.StatusCode}', response body {body}")
        {
            Request = new HttpRequestMessageWrapper(message, requestContent),
            Response = new HttpResponseMessageWrapper(response, body),
        };
    }

    private HttpRequestMessage CreateMessage(ApiRequest request, out string requestContent)
    {
        var message = new HttpRequestMessage(request.Method, new Uri(BaseUri, request.RelativeUri))
        {
            Version = disableHttp2 ? HttpVersion.Version11 : HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        if (!string.IsNullOrWhiteSpace(tlsServerName))
        {
            message.Headers.Host = tlsServerName;
        }

        foreach (var (name, values) in request.Headers ?? new Dictionary<string, IReadOnlyList<string>>())
        {
            message.Headers.Remove(name);
            message.Headers.TryAddWithoutValidation(name, values);
        }

        requestContent = null;
        if (request.Body is not null)
        {
            requestContent = KubernetesJson.Serialize(request.Body, jsonOptions);
            message.Content = new StringContent(requestContent, Encoding.UTF8);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue(MediaType(request.Body), "utf-8");
        }

        return message;
    }

    private static string MediaType(object body) => (body as V1Patch)?.Type switch
    {
        null => "application/json",
        V1Patch.PatchType.JsonPatch => "application/json-patch+json",
        V1Patch.PatchType.MergePatch => "application/merge-patch+json",
        V1Patch.PatchType.StrategicMergePatch => "application/strategic-merge-patch+json",
        V1Patch.PatchType.ApplyPatch => "application/apply-patch+yaml",
        var other => throw new ArgumentException($"Patch type {other} has no media type.", nameof(body)),
    };
}
