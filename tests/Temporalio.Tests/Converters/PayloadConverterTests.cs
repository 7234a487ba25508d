using System.Text.Json;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace Dualstack.Temporalio.Tests.Converters;

public sealed class PayloadConverterTests
{
    private static readonly IPayloadConverter Converter = DataConverter.Default.PayloadConverter;

    public static TheoryData<object?, string, string> WireForms => new()
    {
        { null, "binary/null", "" },
        { new byte[] { 104, 105 }, "binary/plain", "hi" },
        { "text", "json/plain", "\"text\"" },
        { 5, "json/plain", "5" },
        { new Person("Ada", 36), "json/plain", """{"Name":"Ada","Age":36}""" },
        { new[] { "a", "b" }, "json/plain", """["a","b"]""" },
    };

    [Theory]
    [MemberData(nameof(WireForms))]
    public void ToPayload_Value_HasTemporalsWireForm(object? value, string encoding, string data)
    {
        var payload = Converter.ToPayload(value);

        Assert.Equal(encoding, payload.Metadata["encoding"].ToStringUtf8());
        Assert.Equal(data, payload.Data.ToStringUtf8());
        Assert.Single(payload.Metadata);
    }

    [Fact]
    public void ToPayload_Message_IsProtobufJsonWithItsType()
    {
        var payload = Converter.ToPayload(new WorkflowExecution { WorkflowId = "w", RunId = "r" });

        Assert.Equal("json/protobuf", payload.Metadata["encoding"].ToStringUtf8());
        Assert.Equal("temporal.api.common.v1.WorkflowExecution", payload.Metadata["messageType"].ToStringUtf8());
        Assert.Equal("w", JsonDocument.Parse(payload.Data.ToStringUtf8()).RootElement.GetProperty("workflowId").GetString());
        Assert.Equal("r", Converter.ToValue<WorkflowExecution>(payload).RunId);
    }

    [Fact]
    public void ToValue_BinaryMessageFromOtherSdk_IsRead()
    {
        var payload = Payload("binary/protobuf", new WorkflowExecution { WorkflowId = "w" }.ToByteString());

        Assert.Equal("w", Converter.ToValue<WorkflowExecution>(payload).WorkflowId);
    }

    [Fact]
    public void ToValue_Null_IsRefusedOnlyWhereThereIsNoNull()
    {
        var payload = Payload("binary/null", ByteString.Empty);

        Assert.Null(Converter.ToValue<string?>(payload));
        Assert.Null(Converter.ToValue<int?>(payload));
        Assert.Throws<ArgumentException>(() => Converter.ToValue<int>(payload));
    }

    [Fact]
    public void ToValue_JsonAsRecord_UsesItsConstructor()
    {
        var payload = Payload("json/plain", ByteString.CopyFromUtf8("""{"Name":"Ada","Age":36}"""));

        Assert.Equal(new Person("Ada", 36), Converter.ToValue<Person>(payload));
    }

    [Fact]
    public void ToValue_UnknownEncoding_NamesIt()
    {
        var e = Assert.Throws<ArgumentException>(() => Converter.ToValue<string>(Payload("binary/encrypted", ByteString.Empty)));

        Assert.Contains("binary/encrypted", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RawValue_PassesBothWaysUntouched()
    {
        var payload = Payload("binary/encrypted", ByteString.CopyFromUtf8("secret"));

        Assert.Same(payload, Converter.ToPayload(new RawValue(payload)));
        Assert.Same(payload, Converter.ToValue<IRawValue>(payload).Payload);
    }

    [Fact]
    public async Task DataConverter_WithCodec_AppliesItToEveryPayload()
    {
        var converter = DataConverter.Default with { PayloadCodec = new ReversingCodec() };

        var payloads = await converter.ToPayloadsAsync(["ab", 12]);

        Assert.Equal(["\"ba\"", "21"], payloads.Select(p => p.Data.ToStringUtf8()));
        Assert.Equal("ab", await converter.ToValueAsync<string>(payloads.First()));
        Assert.Equal(12, await converter.ToSingleValueAsync<int>([payloads.Last()]));
        await Assert.ThrowsAsync<ArgumentException>(() => converter.ToSingleValueAsync<int>(payloads));
    }

    private static Payload Payload(string encoding, ByteString data) =>
        new() { Metadata = { ["encoding"] = ByteString.CopyFromUtf8(encoding) }, Data = data };

    public sealed record Person(string Name, int Age);
}
