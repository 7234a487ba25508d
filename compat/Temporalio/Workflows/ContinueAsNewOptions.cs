using Temporalio.Common;

namespace Temporalio.Workflows;

public class ContinueAsNewOptions : ICloneable
{
    public string? TaskQueue { get; set; }

    public TimeSpan? RunTimeout { get; set; }

    public TimeSpan? TaskTimeout { get; set; }

    public TimeSpan? BackoffStartInterval { get; set; }

    public RetryPolicy? RetryPolicy { get; set; }

    public IReadOnlyDictionary<string, object>? Memo { get; set; }

    public SearchAttributeCollection? TypedSearchAttributes { get; set; }

    public InitialVersioningBehavior? InitialVersioningBehavior { get; set; }

    public virtual object Clone() => MemberwiseClone();
}
