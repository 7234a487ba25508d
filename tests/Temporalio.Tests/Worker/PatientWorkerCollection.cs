namespace Dualstack.Temporalio.Tests.Worker;

/// <summary>Tests that spend most of their time waiting, beside the others and with a server of their own.</summary>
[CollectionDefinition(Name)]
public sealed class PatientWorkerCollection : ICollectionFixture<ServerFixture>
{
    public const string Name = "Worker, waiting";
}
