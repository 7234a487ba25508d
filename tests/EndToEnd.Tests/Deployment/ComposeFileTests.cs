namespace Dualstack.EndToEnd.Tests.Deployment;

public sealed class ComposeFileTests
{
    private static readonly ComposeFile Compose = ComposeFile.Load();

    [Fact]
    public void Services_TheWholeStack_IsThere()
    {
        string[] expected =
            ["postgresql", "temporal-schema", "temporal", "temporal-ui", "setup", "worker", "garden-simulator", "demo-worker", "demo-cli"];
        Assert.Equal(expected.Order(), Compose.Services.Keys.Order());
    }

    [Fact]
    public void Ports_EveryPublishedOne_IsOnLoopback()
    {
        var ports = Compose.Services.Values.SelectMany(service => ComposeFile.List(service, "ports")).ToList();
        Assert.NotEmpty(ports);
        Assert.All(ports, port => Assert.StartsWith("127.0.0.1:", port, StringComparison.Ordinal));
    }

    [Fact]
    public void Dependencies_EveryOne_NamesAService()
    {
        var dependencies = Compose.Services.Values.SelectMany(service => ComposeFile.List(service, "depends_on")).ToList();
        Assert.NotEmpty(dependencies);
        Assert.All(dependencies, dependency => Assert.Contains(dependency, Compose.Services.Keys));
    }

    [Fact]
    public void Dependencies_OnAHealthyService_NameOneThatTellsItsHealth()
    {
        var awaited = (
            from service in Compose.Services.Values
            let dependencies = ComposeFile.Mapping(service, "depends_on")
            where dependencies is not null
            from name in ComposeFile.List(service, "depends_on")
            where ComposeFile.Scalar(ComposeFile.Mapping(dependencies, name)!, "condition") == "service_healthy"
            select name).Distinct().ToList();
        Assert.NotEmpty(awaited);
        Assert.All(awaited, name => Assert.NotNull(ComposeFile.Mapping(Compose.Services[name], "healthcheck")));
    }

    [Theory]
    [InlineData("postgresql")]
    [InlineData("temporal")]
    [InlineData("temporal-ui")]
    [InlineData("worker")]
    [InlineData("garden-simulator")]
    [InlineData("demo-worker")]
    public void Healthcheck_AServiceThatOthersOrPeopleWaitFor_HasOne(string service) =>
        Assert.NotEmpty(ComposeFile.List(ComposeFile.Mapping(Compose.Services[service], "healthcheck")!, "test"));

    [Fact]
    public void Mounts_EveryRelativePath_ExistsInTheRepository()
    {
        var mounts = Compose.Services.Values
            .SelectMany(service => ComposeFile.List(service, "volumes"))
            .Select(volume => volume.Split(':')[0])
            .ToList();
        Assert.All(mounts.Where(mount => mount.StartsWith('.')), mount =>
            Assert.True(Path.Exists(Repository.PathOf(mount)), $"{mount} is mounted and does not exist"));
        Assert.All(mounts.Where(mount => !mount.StartsWith('.')), mount => Assert.Contains(mount, Compose.Volumes));
    }

    [Fact]
    public void Secrets_EveryUsedOne_IsDeclared() =>
        Assert.All(
            Compose.Services.Values.SelectMany(service => ComposeFile.List(service, "secrets")),
            secret => Assert.Contains(secret, Compose.Secrets));

    [Fact]
    public void Images_Temporal_IsSetUpByAdminToolsAndNotByTheDeprecatedImage()
    {
        Assert.StartsWith("temporalio/admin-tools:", ComposeFile.Scalar(Compose.Services["temporal-schema"], "image"), StringComparison.Ordinal);
        Assert.All(Compose.Services.Values, service =>
            Assert.DoesNotContain("auto-setup", ComposeFile.Scalar(service, "image") ?? "", StringComparison.Ordinal));
    }

    [Fact]
    public void Setup_TheNamespace_KeepsHistoriesForThirtyDays()
    {
        var command = ComposeFile.List(Compose.Services["setup"], "command").ToList();
        Assert.Equal("setup", command[0]);
        Assert.Equal("${RETENTION:-30d}", command[command.IndexOf("--retention") + 1]);
    }

    [Fact]
    public void Build_EveryTarget_IsAStageOfTheDockerfile()
    {
        var targets = Compose.Services.Values
            .Select(service => ComposeFile.Mapping(service, "build"))
            .OfType<YamlDotNet.RepresentationModel.YamlMappingNode>()
            .Select(build => ComposeFile.Scalar(build, "target")!)
            .ToList();
        Assert.All(
            Compose.Services.Values.Select(service => ComposeFile.Mapping(service, "build")).OfType<YamlDotNet.RepresentationModel.YamlMappingNode>(),
            build => Assert.Equal((".", "deploy/Dockerfile"), (ComposeFile.Scalar(build, "context"), ComposeFile.Scalar(build, "dockerfile"))));
        Assert.NotEmpty(targets);
        Assert.All(targets, target => Assert.Contains(target, Dockerfile.Stages));
    }
}
