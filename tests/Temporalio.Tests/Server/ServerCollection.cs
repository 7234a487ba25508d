namespace Dualstack.Temporalio.Tests.Server;

/// <summary>One dev server for all tests that talk to it with raw calls.</summary>
[CollectionDefinition(Name)]
public sealed class ServerCollection : ICollectionFixture<DevServerProcess>
{
    public const string Name = "Server";
}
