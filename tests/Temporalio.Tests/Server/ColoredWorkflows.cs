using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Dualstack.Temporalio.Tests.Server;

/// <summary>A server with three workflows that differ in their search attributes.</summary>
public sealed class ColoredWorkflows : IAsyncLifetime
{
    public DevServerProcess Server { get; } = new(
        ["--search-attribute", "Color=Keyword", "--search-attribute", "Size=Int", "--search-attribute", "Tags=KeywordList", "--search-attribute", "Due=Datetime", "--search-attribute", "Note=Text"]);

    public async Task InitializeAsync()
    {
        await Server.InitializeAsync();
        await AddAsync("red", ("Color", "red"), ("Size", 1), ("Tags", new[] { "a", "b" }), ("Due", "2026-01-01T00:00:00Z"), ("Note", "quick brown fox"));
        await AddAsync("blue", ("Color", "blue"), ("Size", 2), ("Tags", new[] { "b" }), ("Due", "2026-06-01T00:00:00Z"));
        await AddAsync("plain");
    }

    public Task DisposeAsync() => Server.DisposeAsync();

    public Task AddAsync(string type, params (string Name, object Value)[] attributes) => new FakeWorker(Server).StartAsync(request =>
    {
        request.WorkflowType = new WorkflowType { Name = type };
        request.SearchAttributes = new SearchAttributes();
        foreach (var (name, value) in attributes)
        {
            request.SearchAttributes.IndexedFields.Add(name, new Payload
            {
                Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain") },
                Data = ByteString.CopyFrom(JsonSerializer.SerializeToUtf8Bytes(value)),
            });
        }
    });
}
