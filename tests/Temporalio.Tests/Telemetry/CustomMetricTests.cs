using Temporalio.Runtime;

namespace Dualstack.Temporalio.Tests.Telemetry;

/// <summary>What reaches a meter that the application brings along.</summary>
public sealed class CustomMetricTests
{
    [Theory]
    [InlineData(CustomMetricMeterOptions.DurationFormat.IntegerMilliseconds, "Int64 wait in ms: 1500")]
    [InlineData(CustomMetricMeterOptions.DurationFormat.FloatSeconds, "Double wait in s: 1.5")]
    [InlineData(CustomMetricMeterOptions.DurationFormat.TimeSpan, "TimeSpan wait in duration: 00:00:01.5000000")]
    public void Durations_CameAsTheyWere_NowComeInTheFormatAskedFor(CustomMetricMeterOptions.DurationFormat format, string expected)
    {
        var meter = new RecordingMeter();
        Runtime(meter, format).MetricMeter.CreateHistogram<TimeSpan>("wait", "duration").Record(TimeSpan.FromMilliseconds(1500.7));

        Assert.Equal([expected], meter.Records);
    }

    [Fact]
    public void Numbers_OfEverySize_AreCountedAsLongAndDouble()
    {
        var meter = new RecordingMeter();
        var metrics = Runtime(meter).MetricMeter;

        metrics.CreateCounter<byte>("bytes").Add(7);
        metrics.CreateGauge<float>("level", "%").Set(0.5f);
        metrics.CreateHistogram<ulong>("much").Record(ulong.MaxValue);

        Assert.Equal(["Int64 bytes in : 7", "Double level in %: 0.5", $"Int64 much in : {long.MaxValue}"], meter.Records);
    }

    [Fact]
    public void Values_ThatCannotBeCounted_AreRefused()
    {
        var metrics = Runtime(new()).MetricMeter;

        Assert.Throws<ArgumentException>(() => metrics.CreateCounter<double>("count"));
        Assert.Throws<ArgumentException>(() => metrics.CreateGauge<TimeSpan>("gauge"));
        Assert.Throws<ArgumentException>(() => metrics.CreateHistogram<DateTime>("histogram"));
        Assert.Throws<ArgumentException>(() => metrics.CreateCounter<int>("count").Add(-1));
        Assert.Throws<ArgumentException>(() => metrics.CreateHistogram<TimeSpan>("wait").Record(TimeSpan.FromSeconds(-1)));
    }

    private static TemporalRuntime Runtime(RecordingMeter meter, CustomMetricMeterOptions.DurationFormat format = default) => new(new(new()
    {
        Metrics = new() { CustomMetricMeter = meter, CustomMetricMeterOptions = new() { HistogramDurationFormat = format } },
    }));
}
