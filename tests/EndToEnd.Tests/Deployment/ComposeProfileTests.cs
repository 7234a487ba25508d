using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Dualstack.EndToEnd.Tests.Deployment;

/// <summary>What each way to start docker-compose.yml needs, and whether those who migrate reach what they need.</summary>
public sealed partial class ComposeProfileTests
{
    private const string KubeconfigVolume = "garden-kubeconfig";
    private static readonly ComposeFile Compose = ComposeFile.Load();

    public static TheoryData<string> Ways => ["", "garden", "demo", "demo cli"];

    public static TheoryData<string> Migrating =>
        [.. Compose.Services.Where(service => Environment(service.Value, "KUBECONFIG") is not null).Select(service => service.Key)];

    [Fact]
    public void Worker_WithoutTheProfileOfAGarden_DoesNotRun()
    {
        Assert.DoesNotContain("worker", Compose.With().Keys);
        Assert.DoesNotContain("worker", Compose.With("demo", "cli").Keys);
        Assert.Contains("worker", Compose.With("garden").Keys);
        Assert.DoesNotContain("demo-cli", Compose.With("demo").Keys);
    }

    [Fact]
    public void Demo_OnAFreshClone_NeedsNoSecret() =>
        Assert.All(Compose.With("demo", "cli"), service => Assert.Empty(ComposeFile.List(service.Value, "secrets")));

    [Theory]
    [MemberData(nameof(Ways))]
    public void Profile_WhateverItStarts_FindsItsImagesAndDependencies(string profiles)
    {
        var services = Compose.With(profiles.Split(' '));
        var built = services.Values.Where(service => ComposeFile.Mapping(service, "build") is not null).Select(Image).ToList();
        Assert.All(services.Values.Select(Image).Where(image => image.StartsWith("dualstack/", StringComparison.Ordinal)), image => Assert.Contains(image, built));
        Assert.All(services.Values.SelectMany(service => ComposeFile.List(service, "depends_on")), name => Assert.Contains(name, services.Keys));
    }

    [Fact]
    public void Kubeconfig_ThatOnlyItsOwnerMayRead_IsReadByTheUserWhoWroteIt()
    {
        var sharing = Compose.Services.Values.Where(service => Mounts(service).Any(mount => mount.Volume == KubeconfigVolume)).ToList();
        Assert.Equal(3, sharing.Count);
        Assert.Single(sharing.Select(UserOf).Distinct());
        Assert.All(sharing, service => Assert.NotNull(UserOf(service)));
    }

    [Fact]
    public void Volumes_OfOurImages_BelongToTheirUser() => Assert.All(
        from service in Compose.Services.Values
        where Image(service).StartsWith("dualstack/", StringComparison.Ordinal)
        from mount in Mounts(service)
        where Compose.Volumes.Contains(mount.Volume)
        select (Stage: StageOf(service), mount.Target),
        mount => Assert.True(Dockerfile.Owns(mount.Stage, mount.Target), $"{mount.Target} belongs to root in {mount.Stage}"));

    /// <summary>A secret from a file keeps its owner and mode, and a kubeconfig is usually for its owner alone.</summary>
    [Fact]
    public void Worker_OfARealGarden_RunsAsTheOwnerOfTheKubeconfig() =>
        Assert.Equal("${UID:-1000}:${GID:-1000}", ComposeFile.Scalar(Compose.Services["worker"], "user"));

    [Theory]
    [MemberData(nameof(Migrating))]
    public void Migrating_EveryService_ReachesTemporal(string name)
    {
        var service = Compose.Services[name];
        var temporal = Environment(service, "TEMPORAL_ADDRESS")!.Split(':')[0];
        Assert.Contains(temporal, Compose.With().Keys);
        Assert.Null(ComposeFile.Scalar(NetworkOwner(service), "network_mode"));
        Assert.Empty(ComposeFile.List(NetworkOwner(service), "networks"));
    }

    [Theory]
    [MemberData(nameof(Migrating))]
    public void Migrating_EveryService_ReachesTheGardenOfItsKubeconfig(string name)
    {
        var service = Compose.Services[name];
        var kubeconfig = Environment(service, "KUBECONFIG")!;
        if (kubeconfig.StartsWith("/run/secrets/", StringComparison.Ordinal))
        {
            Assert.Contains(kubeconfig["/run/secrets/".Length..], ComposeFile.List(service, "secrets"));
            return;
        }

        // The simulator listens on loopback only, which is that of its own container.
        var writer = Compose.Services.Single(other => ComposeFile.List(other.Value, "command").Contains(kubeconfig));
        Assert.Equal($"service:{writer.Key}", ComposeFile.Scalar(service, "network_mode"));
        Assert.Contains(writer.Key, ComposeFile.List(service, "depends_on"));
        Assert.Contains(Mounts(service), mount => mount.Volume == KubeconfigVolume && kubeconfig.StartsWith(mount.Target + "/", StringComparison.Ordinal));
        Assert.Contains(Mounts(writer.Value), mount => mount.Volume == KubeconfigVolume && kubeconfig.StartsWith(mount.Target + "/", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("docker-compose.yml")]
    public void Documents_EveryCompose_NamesProfilesAndServicesThatExist(string document)
    {
        var commands = ComposeCommand().Matches(File.ReadAllText(Repository.PathOf(document)));
        Assert.NotEmpty(commands);
        Assert.All(commands, command =>
        {
            var profiles = command.Groups["profile"].Captures.Select(capture => capture.Value).ToArray();
            Assert.All(profiles, profile => Assert.Contains(profile, Compose.Services.Values.SelectMany(service => ComposeFile.List(service, "profiles"))));
            if (command.Groups["service"] is { Success: true, Value: var service })
            {
                Assert.Contains(service, Compose.Services.Keys);
                Assert.All(ComposeFile.List(Compose.Services[service], "depends_on"), name => Assert.Contains(name, Compose.With(profiles).Keys));
            }
        });
    }

    private static string Image(YamlMappingNode service) => ComposeFile.Scalar(service, "image")!;

    private static string? Environment(YamlMappingNode service, string name) =>
        ComposeFile.Mapping(service, "environment") is { } environment ? ComposeFile.Scalar(environment, name) : null;

    private static IEnumerable<(string Volume, string Target)> Mounts(YamlMappingNode service) =>
        ComposeFile.List(service, "volumes").Select(volume => volume.Split(':')).Select(parts => (parts[0], parts[1]));

    private static string StageOf(YamlMappingNode service) => Compose.Services.Values
        .Where(other => Image(other) == Image(service))
        .Select(other => ComposeFile.Mapping(other, "build"))
        .OfType<YamlMappingNode>()
        .Select(build => ComposeFile.Scalar(build, "target")!)
        .First();

    private static string? UserOf(YamlMappingNode service) => ComposeFile.Scalar(service, "user") ?? Dockerfile.UserOf(StageOf(service));

    private static YamlMappingNode NetworkOwner(YamlMappingNode service) =>
        ComposeFile.Scalar(service, "network_mode") is { } mode && mode.StartsWith("service:", StringComparison.Ordinal)
            ? Compose.Services[mode["service:".Length..]]
            : service;

    [GeneratedRegex(@"docker compose(?: --profile (?<profile>[a-z-]+))* (?:up\b|run --rm (?<service>[a-z-]+))")]
    private static partial Regex ComposeCommand();
}
