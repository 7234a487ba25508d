using System.Globalization;
using Temporalio.Runtime;

namespace Dualstack.Temporalio.Tests.Telemetry;

/// <summary>Writes down what it is given.</summary>
internal sealed class RecordingMeter : ICustomMetricMeter
{
    internal List<string> Records { get; } = [];

    public ICustomMetricCounter<T> CreateCounter<T>(string name, string? unit, string? description)
        where T : struct => new Metric<T>(this, name, unit);

    public ICustomMetricHistogram<T> CreateHistogram<T>(string name, string? unit, string? description)
        where T : struct => new Metric<T>(this, name, unit);

    public ICustomMetricGauge<T> CreateGauge<T>(string name, string? unit, string? description)
        where T : struct => new Metric<T>(this, name, unit);

    public object CreateTags(object? appendFrom, IReadOnlyCollection<KeyValuePair<string, object>> tags) => tags;

    private sealed class Metric<T>(RecordingMeter meter, string name, string? unit)
        : ICustomMetricCounter<T>, ICustomMetricHistogram<T>, ICustomMetricGauge<T>
        where T : struct
    {
        public void Add(T value, object tags) => Record(value, tags);

        public void Set(T value, object tags) => Record(value, tags);

        public void Record(T value, object tags) =>
            meter.Records.Add(string.Create(CultureInfo.InvariantCulture, $"{typeof(T).Name} {name} in {unit}: {value}"));
    }
}
