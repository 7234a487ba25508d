using Temporalio.Common;
using Temporalio.Testing;

namespace Dualstack.Temporalio.Tests.Testing;

/// <summary>One dev server for the tests that need no server of their own.</summary>
public sealed class LocalServer : IAsyncLifetime
{
    public static readonly SearchAttributeKey<string> Stage = SearchAttributeKey.CreateKeyword("TestStage");

    public WorkflowEnvironment Environment { get; private set; } = null!;

    public async Task InitializeAsync() => Environment = await WorkflowEnvironment.StartLocalAsync(new() { SearchAttributes = [Stage] });

    public async Task DisposeAsync() => await Environment.DisposeAsync();
}
