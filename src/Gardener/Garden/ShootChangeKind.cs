namespace Dualstack.Gardener.Garden;

/// <summary>What a <see cref="ShootChange"/> tells.</summary>
public enum ShootChangeKind
{
    /// <summary>The shoot stands in a list that is being read.</summary>
    Present,

    /// <summary>The list has been read to its end: what was not in it does not exist, or is not selected any more.</summary>
    ListRead,

    /// <summary>The shoot was added or changed.</summary>
    Changed,

    /// <summary>The shoot was deleted, or is not selected any more.</summary>
    Removed,

    /// <summary>Nothing but a newer version to go on from.</summary>
    Bookmark,
}
