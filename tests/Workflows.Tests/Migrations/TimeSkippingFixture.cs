using System.Collections.Concurrent;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Testing;

namespace Dualstack.Workflows.Tests.Migrations;

/// <summary>
/// A time-skipping server for the tests of one class, which have its clock to themselves. The next class takes it over, so that there are
/// as many as classes run at a time; they end with the process.
/// </summary>
public sealed class TimeSkippingFixture : IAsyncLifetime
{
    private static readonly ConcurrentBag<WorkflowEnvironment> Idle = [];

    public WorkflowEnvironment Environment { get; private set; } = null!;

    public async Task InitializeAsync() => Environment = Idle.TryTake(out var idle) ? idle : await StartAsync();

    public Task DisposeAsync()
    {
        Idle.Add(Environment);
        return Task.CompletedTask;
    }

    private static async Task<WorkflowEnvironment> StartAsync()
    {
        var environment = await WorkflowEnvironment.StartTimeSkippingAsync();
        var attributes = new AddSearchAttributesRequest { Namespace = environment.Client.Options.Namespace };
        foreach (var key in MigrationSearchAttributes.All)
        {
            attributes.SearchAttributes.Add(key.Name, (IndexedValueType)(int)key.ValueType);
        }

        await environment.Client.Connection.OperatorService.AddSearchAttributesAsync(attributes);
        return environment;
    }
}
