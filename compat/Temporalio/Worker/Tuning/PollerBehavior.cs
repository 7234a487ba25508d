namespace Temporalio.Worker.Tuning;

public abstract class PollerBehavior
{
    private PollerBehavior()
    {
    }

    internal abstract int Pollers { get; }

    public sealed class SimpleMaximum : PollerBehavior
    {
        public SimpleMaximum(int maximum)
        {
            ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maximum);
            Maximum = maximum;
        }

        public int Maximum { get; }

        internal override int Pollers => Maximum;
    }

    public sealed class Autoscaling : PollerBehavior
    {
        public Autoscaling(int minimum = 1, int maximum = 100, int initial = 5)
        {
            Minimum = minimum;
            Maximum = maximum;
            Initial = initial;
        }

        public int Minimum { get; }

        public int Maximum { get; }

        public int Initial { get; }

        // The stand-in keeps the initial number.
        internal override int Pollers => Initial;
    }
}
