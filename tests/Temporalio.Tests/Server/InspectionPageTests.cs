using System.Net;

namespace Dualstack.Temporalio.Tests.Server;

/// <summary>What the inspection page says when there is nothing to show.</summary>
public sealed class InspectionPageTests(InspectionPageTests.ServerWithPage server) : IClassFixture<InspectionPageTests.ServerWithPage>
{
    [Theory]
    [InlineData("/workflows?page=zzz", HttpStatusCode.BadRequest, "start again from the first page")]
    [InlineData("/workflows?page=AA%3D%3D", HttpStatusCode.BadRequest, "NextPageToken")]
    [InlineData("/workflows?namespace=nowhere", HttpStatusCode.NotFound, "Namespace nowhere is not found")]
    [InlineData("/workflows?query=Nope%3D1", HttpStatusCode.BadRequest, "Nope")]
    [InlineData("/workflow", HttpStatusCode.BadRequest, "names no workflow")]
    [InlineData("/workflow/history.json", HttpStatusCode.BadRequest, "names no workflow")]
    [InlineData("/workflow?id=none", HttpStatusCode.NotFound, "workflow not found")]
    [InlineData("/workflow?id=none&run=no-guid", HttpStatusCode.BadRequest, "Invalid RunId")]
    [InlineData("/nowhere", HttpStatusCode.NotFound, "There is no page /nowhere")]
    public async Task WhatCannotBeShown_IsToldOnAPage(string path, HttpStatusCode status, string sentence)
    {
        using var answer = await server.GetAsync(path);
        Assert.Equal((status, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        var page = await answer.Content.ReadAsStringAsync();
        Assert.Contains("role=\"alert\"", page, StringComparison.Ordinal);
        Assert.Contains(sentence, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workflow_WithoutAWorker_SaysWhyThereAreNoDetails()
    {
        var worker = new FakeWorker(server.Process);
        await worker.StartAsync();
        Assert.Contains($"No worker polls the task queue {worker.Queue}", await server.WorkflowPageAsync(worker.Id), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Workflow_WhoseWorkerIsSilent_SaysWhyThereAreNoDetails()
    {
        var worker = new FakeWorker(server.Process);
        await worker.StartAsync();
        await worker.PollAsync();
        Assert.Contains("No worker answered within 2 seconds", await server.WorkflowPageAsync(worker.Id), StringComparison.Ordinal);
    }

    public sealed class ServerWithPage : IAsyncLifetime
    {
        private readonly int port = DevServerProcess.FreePort();
        private readonly HttpClient http = new();

        public ServerWithPage() => Process = new(["--ui-port", $"{port}"], headless: false);

        public DevServerProcess Process { get; }

        public Task InitializeAsync() => Process.InitializeAsync();

        public Task DisposeAsync()
        {
            http.Dispose();
            return Process.DisposeAsync();
        }

        public Task<HttpResponseMessage> GetAsync(string path) => http.GetAsync(new Uri($"http://127.0.0.1:{port}{path}"));

        public async Task<string> WorkflowPageAsync(string id)
        {
            using var answer = await GetAsync($"/workflow?id={id}");
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync();
        }
    }
}
