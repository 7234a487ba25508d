using Temporalio.Api.Common.V1;

namespace Dualstack.Temporalio.Tests.Server;

/// <summary>Among very many workflows a list is quick only when the database finds its rows by an index: how it does is asked of the database itself.</summary>
public sealed class QueryPlanTests(QueryPlanTests.ExplainingServer server) : IClassFixture<QueryPlanTests.ExplainingServer>
{
    [Theory]
    [InlineData("", "USING INDEX visibility_order (ns=?)")]
    [InlineData("ExecutionStatus = 'Running'", "visibility_status")]
    [InlineData("WorkflowType = 'Type3' AND ExecutionStatus = 'Terminated'", "visibility_")]
    [InlineData("Color = 'c42'", "SEARCH s USING PRIMARY KEY (name=? AND value=?)")]
    [InlineData("Color IN ('c1', 'c2') AND ExecutionStatus = 'Running'", "SEARCH s USING PRIMARY KEY (name=? AND value=?)")]
    [InlineData("Color STARTS_WITH 'c99' AND WorkflowType = 'Type1'", "SEARCH s USING PRIMARY KEY (name=? AND value>? AND value<?)")]
    [InlineData("WorkflowId = 'list-closed-4711'", "visibility_workflow")]
    [InlineData("StartTime > '2026-01-01T00:00:00Z' AND WorkflowType = 'Type5'", "visibility_type")]
    [InlineData("TaskQueue = 'rare'", "visibility_queue")]
    [InlineData("RunId = '0193'", "visibility_run")]
    [InlineData("ParentWorkflowId = 'p'", "visibility_parent")]
    [InlineData("RootWorkflowId = 'r'", "visibility_root")]
    public async Task List_FindsItsRowsByAnIndex(string filter, string index)
    {
        await server.Process.Client.WorkflowService.ListWorkflowExecutionsAsync(new() { Namespace = "default", Query = filter, PageSize = 100 });
        var plan = await server.PlanAsync(filter);
        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN", plan, StringComparison.Ordinal);

        // Few matches, found by their values, may be sorted; anything else has to come in order.
        Assert.True(index.StartsWith("SEARCH s", StringComparison.Ordinal) || !plan.Contains("USE TEMP B-TREE", StringComparison.Ordinal), plan);
    }

    /// <summary>Above a thousand matches the list is walked in its order, and each row's values are looked up.</summary>
    [Fact]
    public async Task List_OfManyMatches_LooksUpTheValuesRowByRow()
    {
        var color = new SearchAttributes();
        color.IndexedFields["Color"] = FakeWorker.Text("many").Payloads_[0];
        await Parallel.ForEachAsync(Enumerable.Range(0, 1001), new ParallelOptions { MaxDegreeOfParallelism = 50 }, async (_, _) =>
            await new FakeWorker(server.Process).StartAsync(request => request.SearchAttributes = color));
        const string filter = "Color = 'many'";
        var page = await server.Process.Client.WorkflowService.ListWorkflowExecutionsAsync(new() { Namespace = "default", Query = filter, PageSize = 100 });
        Assert.Equal(100, page.Executions.Count);
        var plan = await server.PlanAsync(filter);
        Assert.Contains("USING INDEX visibility_order (ns=?)", plan, StringComparison.Ordinal);
        Assert.Contains("CORRELATED", plan, StringComparison.Ordinal);
        Assert.Contains("SEARCH s USING", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("SCAN", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("USE TEMP B-TREE", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Count_OfAStatus_ReadsNothingButAnIndex()
    {
        const string filter = "ExecutionStatus = 'Completed'";
        await server.Process.Client.WorkflowService.CountWorkflowExecutionsAsync(new() { Namespace = "default", Query = filter });
        Assert.Contains("USING COVERING INDEX visibility_status", await server.PlanAsync(filter), StringComparison.Ordinal);
    }

    public sealed class ExplainingServer : IAsyncLifetime
    {
        public DevServerProcess Process { get; } = new(["--search-attribute", "Color=Keyword", "--log-level", "debug"]);

        public Task InitializeAsync() => Process.InitializeAsync();

        public Task DisposeAsync() => Process.DisposeAsync();

        /// <summary>The steps that the database took for the list of a filter, which was asked for before.</summary>
        public async Task<string> PlanAsync(string filter)
        {
            var head = $"plan of [{filter}]: ";
            var lines = await Eventually.HoldsAsync(
                () => Task.FromResult(Process.ErrorLines), lines => lines.Any(line => line.StartsWith(head, StringComparison.Ordinal)));
            return lines.First(line => line.StartsWith(head, StringComparison.Ordinal))[head.Length..];
        }
    }
}
