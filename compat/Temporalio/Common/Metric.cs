namespace Temporalio.Common;

public abstract class Metric
{
    private protected Metric(string name, string? unit, string? description)
    {
        Name = name;
        Unit = unit;
        Description = description;
    }

    public string Name { get; }

    public string? Unit { get; }

    public string? Description { get; }
}
