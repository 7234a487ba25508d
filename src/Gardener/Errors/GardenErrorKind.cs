namespace Dualstack.Gardener.Errors;

/// <summary>Why a garden or a shoot's API did not do what it was asked for; tells whether asking again can help.</summary>
public enum GardenErrorKind
{
    /// <summary>There is no such object.</summary>
    NotFound,

    /// <summary>The name belongs to another object by now: it was deleted and created again.</summary>
    Recreated,

    /// <summary>The shoot belongs to another garden than the one that was asked, or what was asked is no garden at all.</summary>
    WrongGarden,

    /// <summary>The credentials were not accepted, or could not be had.</summary>
    Unauthenticated,

    /// <summary>A right is missing.</summary>
    Forbidden,

    /// <summary>Validation or admission refused the change; the same change will be refused again.</summary>
    Rejected,

    /// <summary>Somebody else wrote in between; read again.</summary>
    Conflict,

    /// <summary>A list or watch position is too old; list again.</summary>
    Expired,

    /// <summary>No answer, or one that says try later. Whether a write was done is not known.</summary>
    Unreachable,
}
