using System.Diagnostics;
using System.Net;
using Dualstack.Gardener.Access;
using k8s;
using k8s.Autorest;
using k8s.Models;
using Microsoft.AspNetCore.Http;

namespace Dualstack.Gardener.Tests.Access;

public sealed class ResilienceTests : IDisposable
{
    private readonly TestAuthority authority = new();

    public void Dispose() => authority.Dispose();

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task Read_ServerFailsForAMoment_IsRepeated(HttpStatusCode status)
    {
        await using var server = await StartAsync(failures: 2, (context, _) => ApiPeer.RefuseAsync(context, status));
        using var connection = Open(server);

        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal(3, server.Requests.Count);
    }

    [Fact]
    public async Task Read_ConnectionBreaks_IsRepeated()
    {
        await using var server = await StartAsync(failures: 1, (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        using var connection = Open(server);

        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Read_RetryAfter_IsWaitedFor()
    {
        await using var server = await StartAsync(failures: 1, (context, _) => Busy(context, "1"));
        using var connection = Open(server);
        var watch = Stopwatch.StartNew();

        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.True(watch.Elapsed > TimeSpan.FromMilliseconds(900), $"{watch.Elapsed}");
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Read_RetryAfterLongerThanWorthWaiting_IsLeftToTheCaller()
    {
        await using var server = await StartAsync(failures: int.MaxValue, (context, _) => Busy(context, "600"));
        using var connection = Open(server);

        var error = await Assert.ThrowsAsync<HttpOperationException>(() => connection.Kubernetes.Version.GetCodeAsync());

        Assert.Equal("600", Assert.Single(error.Response.Headers["Retry-After"]));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Read_ServerKeepsFailing_GivesUpWithTheLastAnswer()
    {
        await using var server = await StartAsync(failures: int.MaxValue, (context, _) => ApiPeer.RefuseAsync(context, HttpStatusCode.BadGateway));
        using var connection = Open(server);

        var error = await Assert.ThrowsAsync<HttpOperationException>(() => connection.Kubernetes.Version.GetCodeAsync());

        Assert.Equal(HttpStatusCode.BadGateway, error.Response.StatusCode);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task Write_ServerFails_IsNeverRepeated()
    {
        await using var server = await StartAsync(failures: int.MaxValue, (context, _) => Busy(context, "0"));
        using var connection = Open(server);

        await Assert.ThrowsAsync<HttpOperationException>(() => connection.Kubernetes.CustomObjects.PatchNamespacedCustomObjectAsync(
            new V1Patch("{}", V1Patch.PatchType.MergePatch), "core.gardener.cloud", "v1beta1", "garden-retail", "shoots", "shop"));

        Assert.Equal("PATCH", Assert.Single(server.Requests).Method);
    }

    [Fact]
    public async Task Write_ConnectionBreaks_IsNeverRepeated()
    {
        await using var server = await StartAsync(failures: int.MaxValue, (context, _) =>
        {
            context.Abort();
            return Task.CompletedTask;
        });
        using var connection = Open(server);

        var error = await Assert.ThrowsAsync<GardenAccessException>(() => connection.Kubernetes.CustomObjects.PatchNamespacedCustomObjectAsync(
            new V1Patch("{}", V1Patch.PatchType.MergePatch), "core.gardener.cloud", "v1beta1", "garden-retail", "shoots", "shop"));

        Assert.Equal(GardenAccessProblem.Unreachable, error.Problem);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Requests_MoreThanTheBurst_AreSpreadOut()
    {
        await using var server = await ApiPeer.StartAsync(authority.Serve());
        using var connection = Open(server, options => options with { RequestsPerSecond = 10, Burst = 2 });
        await connection.Kubernetes.Version.GetCodeAsync();
        var watch = Stopwatch.StartNew();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => connection.Kubernetes.Version.GetCodeAsync()));

        // Two of the eight may be in the bucket; the others come 100 ms apart, give or take a tick.
        Assert.True(watch.Elapsed > TimeSpan.FromMilliseconds(400), $"{watch.Elapsed}");
    }

    [Fact]
    public async Task Clock_AfterAnAnswer_FollowsTheServersDate()
    {
        await using var server = await StartAsync(failures: int.MaxValue, (context, _) =>
        {
            context.Response.Headers.Date = DateTimeOffset.UtcNow.AddHours(2).ToString("R");
            return ApiPeer.AnswerAsync(context, ApiPeer.Version);
        });
        using var connection = Open(server);
        Assert.Null(connection.Clock.Offset);

        await connection.Kubernetes.Version.GetCodeAsync();

        Assert.Equal(2, connection.Clock.Offset!.Value.TotalHours, 0.01);
        Assert.Equal(2, (connection.Clock.GetUtcNow() - DateTimeOffset.UtcNow).TotalHours, 0.01);
    }

    private static Task Busy(HttpContext context, string retryAfter)
    {
        context.Response.Headers.RetryAfter = retryAfter;
        return ApiPeer.RefuseAsync(context, HttpStatusCode.TooManyRequests);
    }

    private Task<ApiPeer> StartAsync(int failures, Func<HttpContext, ReceivedRequest, Task> fail)
    {
        var count = 0;
        return ApiPeer.StartAsync(authority.Serve(), (context, request) =>
            Interlocked.Increment(ref count) <= failures ? fail(context, request) : ApiPeer.AnswerAsync(context, ApiPeer.Version));
    }

    private GardenConnection Open(ApiPeer server, Func<GardenConnectionOptions, GardenConnectionOptions>? with = null)
    {
        var options = new GardenConnectionOptions
        {
            KubeconfigContent = TestKubeconfig.For(server, authority),
            ReadRetries = 3,
            RetryDelay = TimeSpan.FromMilliseconds(5),
        };
        return GardenConnection.Open(with?.Invoke(options) ?? options);
    }
}
