namespace Dualstack.Workflows.Tests.Messages;

public sealed class ClaimParserTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    public void ClaimParser_Nothing_IsAClaimForAllPools(string? json)
    {
        var claim = ClaimParser.Parse(json, "own", DateTimeOffset.UnixEpoch);

        Assert.Equal("own", claim.RequestId);
        Assert.Empty(claim.Pools);
        Assert.Null(claim.NotUnderstood);
    }

    [Theory]
    [InlineData("""{"requestId":"r","by":"ann","reason":"night shift","pools":["a","b"]}""")]
    [InlineData("""{"RequestId":"r","By":"ann","Reason":"night shift","Pools":["a","b"]}""")]
    [InlineData("""{"id":"r","who":"ann","why":"night shift","pool":"a, b"}""")]
    public void ClaimParser_KnownFields_AreUnderstoodHoweverSpelled(string json)
    {
        var claim = ClaimParser.Parse(json, "own", DateTimeOffset.UnixEpoch);

        Assert.Equal(("r", "ann", "night shift"), (claim.RequestId, claim.By, claim.Reason));
        Assert.Equal(["a", "b"], claim.Pools);
        Assert.Null(claim.NotUnderstood);
    }

    [Theory]
    [InlineData("\"done\"")]
    [InlineData("[1,2]")]
    [InlineData("true")]
    [InlineData("not json at all")]
    [InlineData("""{"pools":{"a":1}}""")]
    [InlineData("""{"comment":"hi"}""")]
    public void ClaimParser_AnythingElse_IsAClaimThatShowsWhatWasNotUnderstood(string json) =>
        Assert.Equal(json, ClaimParser.Parse(json, "own", DateTimeOffset.UnixEpoch).NotUnderstood);
}
