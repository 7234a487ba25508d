using Temporalio.Common;

namespace Temporalio.Runtime;

/// <summary>A meter whose metrics the application counts itself.</summary>
internal sealed class CustomMetricMeterAdapter : MetricMeter
{
    private readonly ICustomMetricMeter meter;
    private readonly CustomMetricMeterOptions options;
    private readonly object tags;

    internal CustomMetricMeterAdapter(ICustomMetricMeter meter, MetricsOptions metrics)
        : this(meter, metrics.CustomMetricMeterOptions ?? new(), meter.CreateTags(null, GlobalTags(metrics)))
    {
    }

    private CustomMetricMeterAdapter(ICustomMetricMeter meter, CustomMetricMeterOptions options, object tags)
    {
        this.meter = meter;
        this.options = options;
        this.tags = tags;
    }

    public override MetricCounter<T> CreateCounter<T>(string name, string? unit = null, string? description = null)
    {
        if (!MetricValues.IsInteger<T>())
        {
            throw MetricValues.Invalid<T>("integer");
        }

        var counter = meter.CreateCounter<long>(name, unit, description);
        return new Counter<T>(name, unit, description, (value, with) => counter.Add(MetricValues.Integer(value), with), new(meter, tags));
    }

    public override MetricHistogram<T> CreateHistogram<T>(string name, string? unit = null, string? description = null) =>
        new Histogram<T>(name, unit, description, HistogramRecorder<T>(name, unit, description), new(meter, tags));

    public override MetricGauge<T> CreateGauge<T>(string name, string? unit = null, string? description = null)
    {
        Action<T, object> set;
        if (MetricValues.IsInteger<T>())
        {
            var whole = meter.CreateGauge<long>(name, unit, description);
            set = (value, with) => whole.Set(MetricValues.Integer(value), with);
        }
        else if (MetricValues.IsFloat<T>())
        {
            var real = meter.CreateGauge<double>(name, unit, description);
            set = (value, with) => real.Set(MetricValues.Float(value), with);
        }
        else
        {
            throw MetricValues.Invalid<T>("integer or float");
        }

        return new Gauge<T>(name, unit, description, set, new(meter, tags));
    }

    public override MetricMeter WithTags(IEnumerable<KeyValuePair<string, object>> tags) =>
        new CustomMetricMeterAdapter(meter, options, meter.CreateTags(this.tags, [.. tags]));

    private static List<KeyValuePair<string, object>> GlobalTags(MetricsOptions options)
    {
        var tags = (options.GlobalTags ?? []).Select(t => KeyValuePair.Create(t.Key, (object)t.Value)).ToList();
        if (options.AttachServiceName)
        {
            tags.Add(KeyValuePair.Create<string, object>("service_name", "temporal-core-sdk"));
        }

        return tags;
    }

    private Action<T, object> HistogramRecorder<T>(string name, string? unit, string? description)
        where T : struct
    {
        if (MetricValues.IsInteger<T>())
        {
            var whole = meter.CreateHistogram<long>(name, unit, description);
            return (value, with) => whole.Record(MetricValues.Integer(value), with);
        }

        if (MetricValues.IsFloat<T>())
        {
            var real = meter.CreateHistogram<double>(name, unit, description);
            return (value, with) => real.Record(MetricValues.Float(value), with);
        }

        if (typeof(T) != typeof(TimeSpan))
        {
            throw MetricValues.Invalid<T>("integer, float, or TimeSpan");
        }

        switch (options.HistogramDurationFormat)
        {
            case CustomMetricMeterOptions.DurationFormat.IntegerMilliseconds:
                var milliseconds = meter.CreateHistogram<long>(name, unit == "duration" ? "ms" : unit, description);
                return (value, with) => milliseconds.Record((long)MetricValues.Duration(value).TotalMilliseconds, with);
            case CustomMetricMeterOptions.DurationFormat.FloatSeconds:
                var seconds = meter.CreateHistogram<double>(name, unit == "duration" ? "s" : unit, description);
                return (value, with) => seconds.Record(MetricValues.Duration(value).TotalSeconds, with);
            case CustomMetricMeterOptions.DurationFormat.TimeSpan:
                var spans = meter.CreateHistogram<TimeSpan>(name, unit, description);
                return (value, with) => spans.Record(MetricValues.Duration(value), with);
            default:
                throw new InvalidOperationException($"Unknown format: {options.HistogramDurationFormat}");
        }
    }

    private sealed record Tags(ICustomMetricMeter Meter, object Value)
    {
        internal object With(IEnumerable<KeyValuePair<string, object>>? extra) =>
            extra == null ? Value : Meter.CreateTags(Value, [.. extra]);
    }

    private sealed class Counter<T>(string name, string? unit, string? description, Action<T, object> add, Tags tags)
        : MetricCounter<T>(name, unit, description)
        where T : struct
    {
        public override void Add(T value, IEnumerable<KeyValuePair<string, object>>? extraTags = null) => add(value, tags.With(extraTags));

        public override MetricCounter<T> WithTags(IEnumerable<KeyValuePair<string, object>> tags1) =>
            new Counter<T>(Name, Unit, Description, add, tags with { Value = tags.With(tags1) });
    }

    private sealed class Histogram<T>(string name, string? unit, string? description, Action<T, object> record, Tags tags)
        : MetricHistogram<T>(name, unit, description)
        where T : struct
    {
        public override void Record(T value, IEnumerable<KeyValuePair<string, object>>? extraTags = null) => record(value, tags.With(extraTags));

        public override MetricHistogram<T> WithTags(IEnumerable<KeyValuePair<string, object>> tags1) =>
            new Histogram<T>(Name, Unit, Description, record, tags with { Value = tags.With(tags1) });
    }

    private sealed class Gauge<T>(string name, string? unit, string? description, Action<T, object> set, Tags tags)
        : MetricGauge<T>(name, unit, description)
        where T : struct
    {
        public override void Set(T value, IEnumerable<KeyValuePair<string, object>>? extraTags = null) => set(value, tags.With(extraTags));

        public override MetricGauge<T> WithTags(IEnumerable<KeyValuePair<string, object>> tags1) =>
            new Gauge<T>(Name, Unit, Description, set, tags with { Value = tags.With(tags1) });
    }
}
