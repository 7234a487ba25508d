namespace Temporalio.Runtime;

public class CustomMetricMeterOptions : ICloneable
{
    public enum DurationFormat
    {
        IntegerMilliseconds = 0,
        FloatSeconds = 1,
        TimeSpan = 2,
    }

    public DurationFormat HistogramDurationFormat { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
