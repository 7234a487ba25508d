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
            Maximum = maximum >= 0 ? maximum : throw new ArgumentException("Maximum must be >= 0");
        }

        public int Maximum { get; }

        internal override int Pollers => Maximum;
    }

    public sealed class Autoscaling : PollerBehavior
    {
        public Autoscaling(int minimum = 1, int maximum = 100, int initial = 5)
        {
            if (minimum < 0 || maximum < 0 || initial < 0)
            {
                throw new ArgumentException("Minimum, maximum, and initial must be >= 0");
            }

            Minimum = minimum;
            Maximum = maximum;
            Initial = initial;
        }

        public int Minimum { get; }

        public int Maximum { get; }

        public int Initial { get; }

        internal override int Pollers => throw new NotSupportedException(
            "The stand-in SDK does not change its number of pollers by itself: use PollerBehavior.SimpleMaximum.");
    }
}
