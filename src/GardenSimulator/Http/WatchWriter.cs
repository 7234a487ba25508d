using System.Globalization;
using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Json;

namespace Dualstack.GardenSimulator.Http;

/// <summary>Writes the events of one watch, a line each.</summary>
internal sealed class WatchWriter(HttpResponse response, ApiRequest request, ResourceDefinition definition)
{
    private static readonly byte[] NewLine = "\n"u8.ToArray();

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = "application/json";
        await response.StartAsync(cancellationToken);
        await response.Body.FlushAsync(cancellationToken);
    }

    public async Task EventAsync(string type, ReadOnlyMemory<byte> json, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (request.WantsTable)
        {
            json = Tables.Render(definition, [JsonNode.Parse(json.Span)!.AsObject()], [], request.Query("includeObject"), now).ToUtf8();
        }

        await LineAsync(type, json, cancellationToken);
    }

    public Task BookmarkAsync(long version, bool initialEventsEnd, CancellationToken cancellationToken)
    {
        var metadata = ShootReads.Metadata(version);
        if (initialEventsEnd)
        {
            metadata["annotations"] = new JsonObject { ["k8s.io/initial-events-end"] = "true" };
        }

        var item = new JsonObject { ["kind"] = definition.Kind, ["apiVersion"] = definition.GroupVersion, ["metadata"] = metadata };
        return LineAsync("BOOKMARK", item.ToUtf8(), cancellationToken);
    }

    public Task TooOldAsync(long asked, long oldest, CancellationToken cancellationToken) =>
        LineAsync("ERROR", ApiError.Expired(string.Create(CultureInfo.InvariantCulture, $"too old resource version: {asked} ({oldest})")).ToStatus().ToUtf8(), cancellationToken);

    public Task FlushAsync(CancellationToken cancellationToken) => response.Body.FlushAsync(cancellationToken);

    private async Task LineAsync(string type, ReadOnlyMemory<byte> json, CancellationToken cancellationToken)
    {
        await response.Body.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"{{\"type\":\"{type}\",\"object\":"), cancellationToken);
        await response.Body.WriteAsync(json, cancellationToken);
        await response.Body.WriteAsync("}"u8.ToArray(), cancellationToken);
        await response.Body.WriteAsync(NewLine, cancellationToken);
    }
}
