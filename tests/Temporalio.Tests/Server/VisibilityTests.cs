using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Exceptions;

namespace Dualstack.Temporalio.Tests.Server;

public sealed class VisibilityTests(ColoredWorkflows workflows) : IClassFixture<ColoredWorkflows>
{
    private readonly DevServerProcess server = workflows.Server;

    [Theory]
    [InlineData("Color = 'red'", "red")]
    [InlineData("Color IN ('red', \"blue\")", "blue red")]
    [InlineData("Color NOT IN ('red')", "blue")]
    [InlineData("Color IS NULL", "plain")]
    [InlineData("Color IS NOT NULL AND NOT Size = 1", "blue")]
    [InlineData("Color STARTS_WITH 'bl'", "blue")]
    [InlineData("Size > 1 OR `WorkflowType` = 'plain'", "plain blue")]
    [InlineData("Size BETWEEN 1 AND 2", "blue red")]
    [InlineData("Tags = 'b'", "blue red")]
    [InlineData("Tags = 'a'", "red")]
    [InlineData("Tags IN ('a', 'c')", "red")]
    [InlineData("Tags NOT IN ('a', 'c')", "plain blue")]
    [InlineData("Due < '2026-03-01T00:00:00Z'", "red")]
    [InlineData("Note = 'fox'", "red")]
    [InlineData("ExecutionStatus = 'Running' AND (WorkflowType = 'red' OR WorkflowType = 'blue')", "blue red")]
    [InlineData("ExecutionStatus = 'Completed'", "")]
    [InlineData("", "plain blue red")]
    public async Task List_Filter_FindsTheWorkflows(string filter, string expected)
    {
        var found = await ListAsync(filter);
        Assert.Equal(expected, found);
        var count = await server.Client.WorkflowService.CountWorkflowExecutionsAsync(new() { Namespace = "default", Query = filter });
        Assert.Equal(found.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length, count.Count);
    }

    [Theory]
    [InlineData("Unknown = 'x'")]
    [InlineData("Size = 'large'")]
    [InlineData("Color = 'red' ORDER BY StartTime")]
    [InlineData("Color > ")]
    [InlineData("Color = 'red")]
    [InlineData("ExecutionStatus = 'Sleeping'")]
    [InlineData("Size = 99999999999999999999")]
    [InlineData("Size BETWEEN 1 AND 99999999999999999999")]
    [InlineData("ExecutionDuration > '9999999.00:00:00'")]
    [InlineData("ExecutionDuration > '999999999999h'")]
    [InlineData("Due > '99999-01-01T00:00:00Z'")]
    [InlineData("Note BETWEEN 'a' AND 'z'")]
    [InlineData("Note IN ('fox')")]
    [InlineData("Tags BETWEEN 'a' AND 'z'")]
    public async Task List_BadFilter_IsInvalidArgument(string filter)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() =>
            server.Client.WorkflowService.ListWorkflowExecutionsAsync(new() { Namespace = "default", Query = filter }));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, error.Code);
    }

    [Theory]
    [InlineData("(")]
    [InlineData("NOT ")]
    public async Task List_FilterNestedWithoutEnd_IsRefusedAndTheServerLivesOn(string level)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => ListAsync(string.Concat(Enumerable.Repeat(level, 200_000)) + "Size = 1"));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, error.Code);
        var nested = string.Concat(Enumerable.Repeat("NOT (", 50)) + "Color = 'red'" + new string(')', 50);
        Assert.Equal("red", await ListAsync(nested));
    }

    [Fact]
    public async Task List_FilterWithThousandsOfValues_FindsTheWorkflows()
    {
        var numbers = Enumerable.Range(0, 1500).ToList();
        Assert.Equal("red", await ListAsync($"Color IN ({string.Join(", ", numbers.Select(i => $"'{i}'"))}, 'red')"));
        Assert.Equal("blue", await ListAsync($"Color NOT IN ({string.Join(", ", numbers.Select(i => $"'{i}'"))}, 'red')"));
        Assert.Equal("blue", await ListAsync($"WorkflowType IN ({string.Join(", ", numbers.Select(i => $"'{i}'"))}, 'blue')"));
        Assert.Equal("blue", await ListAsync($"{string.Concat(numbers.Select(i => $"Size = {i + 10} OR "))}Size = 2"));
    }

    [Fact]
    public async Task List_FilterWithMoreValuesThanTheDatabaseTakes_IsInvalidArgument()
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => ListAsync($"Size IN ({string.Join(", ", Enumerable.Range(0, 40_000))})"));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, error.Code);
        Assert.Equal("red", await ListAsync("Size = 1"));
    }

    [Theory]
    [InlineData("Note")]
    [InlineData("Color")]
    [InlineData("Due")]
    [InlineData("Size")]
    [InlineData("Tags")]
    public async Task Start_NullInASearchAttribute_IsRefusedAndLeavesNoRunBehind(string name)
    {
        var worker = new FakeWorker(server);
        void WithNull(StartWorkflowExecutionRequest request) => request.SearchAttributes = new SearchAttributes
        {
            IndexedFields = { [name] = new Payload { Data = ByteString.CopyFromUtf8("[null]") } },
        };
        var error = await Assert.ThrowsAsync<RpcException>(() => worker.StartAsync(WithNull));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, error.Code);
        error = await Assert.ThrowsAsync<RpcException>(worker.HistoryAsync);
        Assert.Equal(RpcException.StatusCode.NotFound, error.Code);
    }

    [Fact]
    public async Task List_Pages_ShowEachWorkflowOnce()
    {
        var seen = new List<string>();
        var token = ByteString.Empty;
        do
        {
            var page = await server.Client.WorkflowService.ListWorkflowExecutionsAsync(new() { Namespace = "default", PageSize = 2, NextPageToken = token });
            seen.AddRange(page.Executions.Select(item => item.Type.Name));
            token = page.NextPageToken;
        }
        while (!token.IsEmpty);
        Assert.Equal(["plain", "blue", "red"], seen);
    }

    [Fact]
    public async Task Count_GroupedByStatus_CountsEach()
    {
        var count = await server.Client.WorkflowService.CountWorkflowExecutionsAsync(new() { Namespace = "default", Query = "GROUP BY ExecutionStatus" });
        var group = Assert.Single(count.Groups);
        Assert.Equal((3L, "\"Running\""), (group.Count, group.GroupValues[0].Data.ToStringUtf8()));
    }

    [Fact]
    public async Task Start_UnknownSearchAttribute_IsRefused()
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => workflows.AddAsync("x", ("Nope", "1")));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, error.Code);
        Assert.Contains("Nope", error.Message, StringComparison.Ordinal);
    }

    private async Task<string> ListAsync(string filter)
    {
        var list = await server.Client.WorkflowService.ListWorkflowExecutionsAsync(new() { Namespace = "default", Query = filter });
        return string.Join(' ', list.Executions.Select(item => item.Type.Name));
    }
}
