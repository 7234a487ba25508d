using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Common;

namespace Dualstack.Temporalio.Tests.Converters;

public sealed class SearchAttributeTests
{
    private static readonly SearchAttributeKey<DateTimeOffset> Since = SearchAttributeKey.CreateDateTimeOffset("Since");
    private static readonly SearchAttributeKey<string> Stage = SearchAttributeKey.CreateKeyword("Stage");
    private static readonly SearchAttributeKey<IReadOnlyCollection<string>> Pools = SearchAttributeKey.CreateKeywordList("Pools");

    [Fact]
    public void ToProto_EachType_HasTemporalsWireForm()
    {
        var attributes = new SearchAttributeCollection.Builder()
            .Set(Stage, "Verify")
            .Set(SearchAttributeKey.CreateText("Note"), "two words")
            .Set(SearchAttributeKey.CreateLong("Nodes"), 7)
            .Set(SearchAttributeKey.CreateDouble("Ratio"), 0.5)
            .Set(SearchAttributeKey.CreateBool("Manual"), true)
            .Set(Pools, ["a", "b"])
            .Set(Since, new DateTimeOffset(2026, 1, 2, 5, 4, 5, TimeSpan.FromHours(2)))
            .ToSearchAttributeCollection();

        var fields = attributes.ToProto().IndexedFields;

        Assert.Equal(("Keyword", "\"Verify\""), Wire(fields["Stage"]));
        Assert.Equal(("Text", "\"two words\""), Wire(fields["Note"]));
        Assert.Equal(("Int", "7"), Wire(fields["Nodes"]));
        Assert.Equal(("Double", "0.5"), Wire(fields["Ratio"]));
        Assert.Equal(("Bool", "true"), Wire(fields["Manual"]));
        Assert.Equal(("KeywordList", """["a","b"]"""), Wire(fields["Pools"]));
        Assert.Equal(("Datetime", "\"2026-01-02T03:04:05.0000000Z\""), Wire(fields["Since"]));
        Assert.All(fields.Values, f => Assert.Equal("json/plain", f.Metadata["encoding"].ToStringUtf8()));
    }

    [Fact]
    public void FromProto_ServersForms_AreRead()
    {
        var attributes = SearchAttributeCollection.FromProto(new()
        {
            IndexedFields =
            {
                ["Stage"] = Payload("INDEXED_VALUE_TYPE_KEYWORD", "\"Verify\""),
                ["Since"] = Payload("Datetime", "\"2026-01-02T03:04:05.5Z\""),
                ["Pools"] = Payload("INDEXED_VALUE_TYPE_KEYWORD_LIST", """["a"]"""),
                ["Gone"] = Payload("Keyword", "null"),
                ["Empty"] = Payload("KeywordList", "[]"),
            },
        });

        Assert.Equal("Verify", attributes.Get(Stage));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 500, TimeSpan.Zero), attributes.Get(Since));
        Assert.Equal(["a"], attributes.Get(Pools));
        Assert.Equal(3, attributes.Count);
        Assert.False(attributes.ContainsKey("Gone"));
    }

    [Fact]
    public void Builder_SameNameOtherType_ReplacesTheOld()
    {
        var attributes = new SearchAttributeCollection.Builder()
            .Set(Stage, "Verify")
            .Set(SearchAttributeKey.CreateLong("Stage"), 9)
            .ToSearchAttributeCollection();

        Assert.False(attributes.TryGetValue(Stage, out _));
        Assert.Single(attributes);
        Assert.Throws<KeyNotFoundException>(() => attributes.Get(Stage));
    }

    private static (string Type, string Data) Wire(Payload payload) =>
        (payload.Metadata["type"].ToStringUtf8(), payload.Data.ToStringUtf8());

    private static Payload Payload(string type, string json) => new()
    {
        Metadata = { ["encoding"] = ByteString.CopyFromUtf8("json/plain"), ["type"] = ByteString.CopyFromUtf8(type) },
        Data = ByteString.CopyFromUtf8(json),
    };
}
