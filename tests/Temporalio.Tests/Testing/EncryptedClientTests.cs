using Dualstack.Temporalio.Tests.Converters;
using Google.Protobuf;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Testing;
using Temporalio.Worker;

namespace Dualstack.Temporalio.Tests.Testing;

/// <summary>With a codec and encoded failures the server sees nothing in the clear.</summary>
public sealed class EncryptedClientTests
{
    [Fact]
    public async Task Everything_WithCodecAndGzip_IsHiddenFromTheServerAndReadableForTheClient()
    {
        await using var environment = await WorkflowEnvironment.StartLocalAsync();
        var client = await TemporalClient.ConnectAsync(new(environment.Client.Connection.Options.TargetHost!)
        {
            GrpcCompression = new GrpcCompression.Gzip(),
            DataConverter = DataConverter.Default with
            {
                PayloadCodec = new ReversingCodec(),
                FailureConverter = new DefaultFailureConverter.WithEncodedCommonAttributes(),
            },
        });
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions(LampServer.Queue).AddWorkflow<Lamp>());

        await worker.ExecuteAsync(async () =>
        {
            var handle = await client.StartWorkflowAsync((Lamp lamp) => lamp.RunAsync("wait"), new("lamp", LampServer.Queue)
            {
                Memo = new Dictionary<string, object> { ["owner"] = "Ada" },
                StaticSummary = "summary",
            });
            Assert.Equal("none", await handle.ExecuteUpdateAsync(lamp => lamp.PaintAsync("red")));
            Assert.Equal("dark red", await handle.QueryAsync(lamp => lamp.Color("dark ")));
            await handle.SignalAsync(lamp => lamp.EndAsync("fail"));
            var e = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
            var failure = Assert.IsType<ApplicationFailureException>(e.InnerException);
            Assert.Equal(("burnt out", "60W"), (failure.Message, failure.Details.ElementAt<string>(0)));

            var description = await handle.DescribeAsync();
            Assert.Equal("Ada", await description.Memo["owner"].ToValueAsync<string>());
            Assert.Equal("summary", await description.GetStaticSummaryAsync());

            // Whoever reads the server without the codec sees the payloads reversed and no message.
            var history = string.Concat((await handle.FetchHistoryAsync()).Events.Select(Plain));
            Assert.DoesNotContain("burnt out", history, StringComparison.Ordinal);
            Assert.Contains("tuo tnrub", history, StringComparison.Ordinal);
            Assert.DoesNotContain("\"red\"", history, StringComparison.Ordinal);
            Assert.Contains("\"der\"", history, StringComparison.Ordinal);
        });
    }

    private static string Plain(global::Temporalio.Api.History.V1.HistoryEvent historyEvent) => historyEvent.ToByteString().ToStringUtf8();
}
