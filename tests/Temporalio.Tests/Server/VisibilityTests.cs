using Google.Protobuf;
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
    [InlineData("Due < '2026-03-01T00:00:00Z'", "red")]
    [InlineData("Note = 'fox'", "red")]
    [InlineData("ExecutionStatus = 'Running' AND (WorkflowType = 'red' OR WorkflowType = 'blue')", "blue red")]
    [InlineData("ExecutionStatus = 'Completed'", "")]
    [InlineData("", "plain blue red")]
    public async Task List_Filter_FindsTheWorkflows(string filter, string expected)
    {
        var list = await server.Client.WorkflowService.ListWorkflowExecutionsAsync(new() { Namespace = "default", Query = filter });
        Assert.Equal(expected, string.Join(' ', list.Executions.Select(item => item.Type.Name)));
        var count = await server.Client.WorkflowService.CountWorkflowExecutionsAsync(new() { Namespace = "default", Query = filter });
        Assert.Equal(list.Executions.Count, count.Count);
    }

    [Theory]
    [InlineData("Unknown = 'x'")]
    [InlineData("Size = 'large'")]
    [InlineData("Color = 'red' ORDER BY StartTime")]
    [InlineData("Color > ")]
    [InlineData("Color = 'red")]
    [InlineData("ExecutionStatus = 'Sleeping'")]
    public async Task List_BadFilter_IsInvalidArgument(string filter)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() =>
            server.Client.WorkflowService.ListWorkflowExecutionsAsync(new() { Namespace = "default", Query = filter }));
        Assert.Equal(RpcException.StatusCode.InvalidArgument, error.Code);
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
}
