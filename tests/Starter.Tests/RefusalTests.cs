namespace Dualstack.Starter.Tests;

/// <summary>Temporal answers, and does not accept who asks.</summary>
public sealed class RefusalTests(Site site) : IClassFixture<Site>
{
    [Theory]
    [InlineData(7)]
    [InlineData(16)]
    public async Task Command_CredentialsNotAccepted_WereToldAsOutOfReach(int grpcStatus)
    {
        await using var temporal = await RefusingTemporal.StartAsync(grpcStatus);
        var list = await site.Cli.RunAsync("list", "--address", temporal.Address);
        list.IsRefused(4, temporal.Address, "did not accept the credentials", "TEMPORAL_API_KEY", "TEMPORAL_TLS_CLIENT_CERT_PATH");
        Assert.DoesNotContain("cannot be reached", list.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_CredentialsNotAccepted_WereToldAsOutOfReach()
    {
        await using var temporal = await RefusingTemporal.StartAsync(16);
        var doctor = await site.Cli.RunAsync("doctor", "--address", temporal.Address);
        Assert.True(doctor.ExitCode == 4, doctor.ToString());
        Assert.Contains("TEMPORAL_API_KEY", doctor.Output, StringComparison.Ordinal);
    }
}
