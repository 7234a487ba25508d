using System.Runtime.CompilerServices;
using System.Text.Json;
using k8s.Autorest;
using k8s.Models;

namespace k8s;

/// <summary>Turns a watch call into events: no reconnect, no resume; a Status in place of an object goes to <c>onError</c> alone.</summary>
internal static class WatchStream
{
    public static async IAsyncEnumerable<(WatchEventType Type, T Object)> ReadAsync<T, L>(
        Func<CancellationToken, Task<HttpOperationResponse<L>>> call,
        Action<Exception> onError,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var response = await call(cancellationToken).ConfigureAwait(false);
        if (response.Response.Content is not WatchContent lines)
        {
            throw new k8s.Exceptions.KubernetesClientException("Not a watch: the call was made without watch=true.");
        }

        while (await lines.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { } line)
        {
            if (TryParse<T>(line, onError, out var type, out var item))
            {
                yield return (type, item);
            }
        }
    }

    private static bool TryParse<T>(string line, Action<Exception> onError, out WatchEventType type, out T item)
    {
        type = default;
        item = default;
        try
        {
            using var document = JsonDocument.Parse(line);
            var body = document.RootElement.GetProperty("object");
            if (body.TryGetProperty("kind", out var kind) && kind.ValueEquals("Status"))
            {
                onError?.Invoke(new KubernetesException(KubernetesJson.Deserialize<V1Status>(body)));
                return false;
            }

            if (!Enum.TryParse(document.RootElement.GetProperty("type").GetString(), ignoreCase: true, out type))
            {
                throw new JsonException("A watch event has an unknown type.");
            }

            item = KubernetesJson.Deserialize<T>(body);
            return true;
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            onError?.Invoke(e);
            return false;
        }
    }
}
