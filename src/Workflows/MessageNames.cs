namespace Dualstack.Workflows;

/// <summary>Names of workflows and of the messages that they take, as the Temporal UI and other languages send them.</summary>
public static class MessageNames
{
    /// <summary>The workflow that migrates one shoot.</summary>
    public const string ShootMigrationWorkflow = "ShootMigrationWorkflow";

    /// <summary>The workflow that observes one garden.</summary>
    public const string GardenObserverWorkflow = "GardenObserverWorkflow";

    /// <summary>Signal: the nodes are said to be replaced. Takes nothing, <c>{}</c> or any JSON.</summary>
    public const string NodeRolloutCompleted = "NodeRolloutCompleted";

    /// <summary>Signal: the garden shows something new about the shoot.</summary>
    public const string ShootObserved = "ShootObserved";

    /// <summary>Signal: who cancels and why, sent just before the cancellation.</summary>
    public const string CancelReason = "CancelReason";

    /// <summary>Update: a person approves the node rollout.</summary>
    public const string Approve = "Approve";

    /// <summary>Update: hold at the next safe point.</summary>
    public const string Pause = "Pause";

    /// <summary>Update: go on after a pause.</summary>
    public const string Resume = "Resume";

    /// <summary>Update: look again and try again what blocks.</summary>
    public const string Retry = "Retry";

    /// <summary>Query: the status.</summary>
    public const string Status = "Status";
}
