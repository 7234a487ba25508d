namespace Dualstack.Temporalio.Tests.Worker;

[CollectionDefinition(Name)]
public sealed class WorkerCollection : ICollectionFixture<ServerFixture>
{
    public const string Name = "Worker";
}
