using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Testing;

namespace Dualstack.Workflows.Tests.Migrations;

/// <summary>One time-skipping server for all tests of a collection.</summary>
public sealed class TimeSkippingFixture : IAsyncLifetime
{
    public WorkflowEnvironment Environment { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Environment = await WorkflowEnvironment.StartTimeSkippingAsync();
        var attributes = new AddSearchAttributesRequest { Namespace = Environment.Client.Options.Namespace };
        foreach (var key in MigrationSearchAttributes.All)
        {
            attributes.SearchAttributes.Add(key.Name, (IndexedValueType)(int)key.ValueType);
        }

        await Environment.Client.Connection.OperatorService.AddSearchAttributesAsync(attributes);
    }

    public async Task DisposeAsync() => await Environment.DisposeAsync();
}
