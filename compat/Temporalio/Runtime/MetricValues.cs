using System.Globalization;

namespace Temporalio.Runtime;

/// <summary>What may be counted, and as what it reaches the application's meter: whole numbers as long, others as double.</summary>
internal static class MetricValues
{
    internal static bool IsInteger<T>() => Type.GetTypeCode(typeof(T)) is >= TypeCode.SByte and <= TypeCode.UInt64;

    internal static bool IsFloat<T>() => Type.GetTypeCode(typeof(T)) is TypeCode.Single or TypeCode.Double or TypeCode.Decimal;

    internal static ArgumentException Invalid<T>(string allowed) => new($"Invalid metric type of {typeof(T)}, must be {allowed}");

    internal static long Integer<T>(T value)
        where T : struct =>
        (long)Math.Min(Positive(Convert.ToDecimal(value, CultureInfo.InvariantCulture)), long.MaxValue);

    internal static double Float<T>(T value)
        where T : struct =>
        Positive(Convert.ToDouble(value, CultureInfo.InvariantCulture));

    internal static TimeSpan Duration<T>(T value)
        where T : struct =>
        TimeSpan.FromMilliseconds((long)Positive(((TimeSpan)(object)value).TotalMilliseconds));

    private static TNumber Positive<TNumber>(TNumber value)
        where TNumber : System.Numerics.INumber<TNumber> =>
        value < TNumber.Zero ? throw new ArgumentException("Value cannot be negative") : value;
}
