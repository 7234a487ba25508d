using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Dualstack.EndToEnd.Tests.Processes;
using Google.Protobuf;

namespace Dualstack.EndToEnd.Tests.Telemetry;

/// <summary>Takes traces and metrics over OTLP/HTTP with protobuf bodies, as a collector on loopback would, and keeps the spans.</summary>
public sealed class OtlpReceiver : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly ConcurrentQueue<ExportedSpan> spans = new();
    private readonly ConcurrentDictionary<string, int> bodies = new();
    private readonly Task serving;

    public OtlpReceiver()
    {
        Endpoint = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Ports.Free(1)[0]}/");
        listener.Prefixes.Add(Endpoint);
        listener.Start();
        serving = ServeAsync();
    }

    public string Endpoint { get; }

    /// <summary>The standard variables that send a process's telemetry here.</summary>
    public IReadOnlyDictionary<string, string?> Variables => new Dictionary<string, string?>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Endpoint,
        ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "200",
        ["OTEL_METRIC_EXPORT_INTERVAL"] = "500",
    };

    public IReadOnlyList<ExportedSpan> Spans => [.. spans];

    /// <summary>How many bodies arrived at the path.</summary>
    public int Count(string path) => bodies.GetValueOrDefault(path);

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await serving;
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var context = await listener.GetContextAsync();
                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                var path = context.Request.Url!.AbsolutePath;
                if (path == "/v1/traces" && context.Request.ContentType == "application/x-protobuf")
                {
                    Read(body.ToArray());
                }

                bodies.AddOrUpdate(path, 1, (_, count) => count + 1);
                context.Response.ContentType = "application/x-protobuf";
                context.Response.Close();
            }
        }
        catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private void Read(byte[] request)
    {
        foreach (var resourceSpans in Fields(request, 1))
        {
            var service = Fields(resourceSpans, 1)
                .SelectMany(resource => Fields(resource, 1))
                .Where(attribute => Text(attribute, 1) == "service.name")
                .Select(attribute => Text(Fields(attribute, 2)[0], 1))
                .Single();
            foreach (var span in Fields(resourceSpans, 2).SelectMany(scope => Fields(scope, 2)))
            {
                spans.Enqueue(new ExportedSpan(service, Convert.ToHexString(Fields(span, 1)[0]), Text(span, 5)));
            }
        }
    }

    private static string Text(byte[] message, int number) => System.Text.Encoding.UTF8.GetString(Fields(message, number)[0]);

    private static List<byte[]> Fields(byte[] message, int number)
    {
        var found = new List<byte[]>();
        var input = new CodedInputStream(message);
        while (input.ReadTag() is var tag and not 0)
        {
            if (WireFormat.GetTagFieldNumber(tag) == number && WireFormat.GetTagWireType(tag) == WireFormat.WireType.LengthDelimited)
            {
                found.Add(input.ReadBytes().ToByteArray());
            }
            else
            {
                input.SkipLastField();
            }
        }

        return found;
    }
}
