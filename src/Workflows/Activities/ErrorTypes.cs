namespace Dualstack.Workflows.Activities;

/// <summary>Names of the failures of activities, as <c>ApplicationFailureException.ErrorType</c> carries them.</summary>
public static class ErrorTypes
{
    /// <summary>There is no such shoot. Not retried.</summary>
    public const string ShootGone = nameof(ShootGone);

    /// <summary>The shoot was deleted and created again; it is another one. Not retried.</summary>
    public const string UidChanged = nameof(UidChanged);

    /// <summary>A right is missing, or the credentials were not accepted. Told at once; retried once a person knows.</summary>
    public const string RightsMissing = nameof(RightsMissing);

    /// <summary>The garden refused the change, and would again. Not retried.</summary>
    public const string AdmissionRefused = nameof(AdmissionRefused);

    /// <summary>The worker is not one of this garden: its kubeconfig leads elsewhere. Told at once; retried once a person knows.</summary>
    public const string WrongGarden = nameof(WrongGarden);

    /// <summary>Nodes or pods are not done yet. Retried after the delay that the failure asks for.</summary>
    public const string NotYet = nameof(NotYet);

    /// <summary>The garden did not answer. Retried.</summary>
    public const string GardenUnreachable = nameof(GardenUnreachable);

    /// <summary>All that asking again cannot mend, whatever is done about the garden or the worker.</summary>
    public static IReadOnlyCollection<string> Final { get; } = [ShootGone, UidChanged, AdmissionRefused];

    /// <summary>All that asking again does not mend while nobody does anything about it.</summary>
    public static IReadOnlyCollection<string> NonRetryable { get; } = [.. Final, RightsMissing, WrongGarden];
}
