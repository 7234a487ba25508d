using Dualstack.Worker.Configuration;
using Dualstack.Worker.Temporal;
using Temporalio.Exceptions;

namespace Dualstack.Worker.Tests;

public sealed class TemporalRefusalTests
{
    [Theory]
    [InlineData("`get_system_info` call error after connection: Status { code: PermissionDenied, message: \"Request unauthorized.\" }", true)]
    [InlineData("`get_system_info` call error after connection: Status { code: Unauthenticated, message: \"no key\", source: None }", true)]
    [InlineData("`get_system_info` call error after connection: Status { code: Unavailable, message: \"transport error\" }", false)]
    [InlineData("Connection failed: temporal:7233: refused", false)]
    public void Connecting_Failed_IsARefusalByItsStatusOnly(string message, bool expected)
    {
        var refusal = TemporalRefusal.Of(new InvalidOperationException(message));
        Assert.Equal(expected, refusal is not null);
    }

    [Fact]
    public void Call_Refused_NamesTheSettings()
    {
        var refusal = TemporalRefusal.Of(new RpcException(RpcException.StatusCode.PermissionDenied, "Request unauthorized.", null));
        Assert.Contains("TEMPORAL_API_KEY", refusal!.Sentence(new TemporalSettings()), StringComparison.Ordinal);
        Assert.Null(TemporalRefusal.Of(new RpcException(RpcException.StatusCode.NotFound, "no such workflow", null)));
    }
}
