using Temporalio.Common;

namespace Temporalio.Runtime;

/// <summary>A meter whose metrics the application counts itself.</summary>
internal sealed class CustomMetricMeterAdapter : MetricMeter
{
    private readonly ICustomMetricMeter meter;
    private readonly object tags;

    internal CustomMetricMeterAdapter(ICustomMetricMeter meter, MetricsOptions options)
        : this(meter, meter.CreateTags(null, GlobalTags(options)))
    {
    }

    private CustomMetricMeterAdapter(ICustomMetricMeter meter, object tags)
    {
        this.meter = meter;
        this.tags = tags;
    }

    public override MetricCounter<T> CreateCounter<T>(string name, string? unit = null, string? description = null) =>
        new Counter<T>(name, unit, description, meter.CreateCounter<T>(name, unit, description), new(meter, tags));

    public override MetricHistogram<T> CreateHistogram<T>(string name, string? unit = null, string? description = null) =>
        new Histogram<T>(name, unit, description, meter.CreateHistogram<T>(name, unit, description), new(meter, tags));

    public override MetricGauge<T> CreateGauge<T>(string name, string? unit = null, string? description = null) =>
        new Gauge<T>(name, unit, description, meter.CreateGauge<T>(name, unit, description), new(meter, tags));

    public override MetricMeter WithTags(IEnumerable<KeyValuePair<string, object>> tags) =>
        new CustomMetricMeterAdapter(meter, meter.CreateTags(this.tags, [.. tags]));

    private static List<KeyValuePair<string, object>> GlobalTags(MetricsOptions options)
    {
        var tags = (options.GlobalTags ?? []).Select(t => KeyValuePair.Create(t.Key, (object)t.Value)).ToList();
        if (options.AttachServiceName)
        {
            tags.Add(KeyValuePair.Create<string, object>("service_name", "temporal-core-sdk"));
        }

        return tags;
    }

    private sealed record Tags(ICustomMetricMeter Meter, object Value)
    {
        internal object With(IEnumerable<KeyValuePair<string, object>>? extra) =>
            extra == null ? Value : Meter.CreateTags(Value, [.. extra]);
    }

    private sealed class Counter<T>(string name, string? unit, string? description, ICustomMetricCounter<T> counter, Tags tags)
        : MetricCounter<T>(name, unit, description)
        where T : struct
    {
        public override void Add(T value, IEnumerable<KeyValuePair<string, object>>? extraTags = null) =>
            counter.Add(value, tags.With(extraTags));

        public override MetricCounter<T> WithTags(IEnumerable<KeyValuePair<string, object>> tags1) =>
            new Counter<T>(Name, Unit, Description, counter, tags with { Value = tags.With(tags1) });
    }

    private sealed class Histogram<T>(string name, string? unit, string? description, ICustomMetricHistogram<T> histogram, Tags tags)
        : MetricHistogram<T>(name, unit, description)
        where T : struct
    {
        public override void Record(T value, IEnumerable<KeyValuePair<string, object>>? extraTags = null) =>
            histogram.Record(value, tags.With(extraTags));

        public override MetricHistogram<T> WithTags(IEnumerable<KeyValuePair<string, object>> tags1) =>
            new Histogram<T>(Name, Unit, Description, histogram, tags with { Value = tags.With(tags1) });
    }

    private sealed class Gauge<T>(string name, string? unit, string? description, ICustomMetricGauge<T> gauge, Tags tags)
        : MetricGauge<T>(name, unit, description)
        where T : struct
    {
        public override void Set(T value, IEnumerable<KeyValuePair<string, object>>? extraTags = null) =>
            gauge.Set(value, tags.With(extraTags));

        public override MetricGauge<T> WithTags(IEnumerable<KeyValuePair<string, object>> tags1) =>
            new Gauge<T>(Name, Unit, Description, gauge, tags with { Value = tags.With(tags1) });
    }
}
