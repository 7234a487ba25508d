using Dualstack.Workflows.Writes;

namespace Dualstack.Workflows.Decisions;

/// <summary>What an ended migration could not take off its shoot.</summary>
public static class Leftovers
{
    /// <summary>Names what may be left, and how to remove it.</summary>
    /// <param name="shoot">The shoot.</param>
    /// <param name="state">What is remembered.</param>
    /// <param name="failure">Why it is left.</param>
    /// <returns>A few sentences.</returns>
    public static string Of(ShootKey shoot, MigrationState state, string failure)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(failure);
        var marks = $"Our label {Commands.Label} and annotation {Commands.Intent} could not be taken off ({failure.TrimEnd('.')}); remove them with: {Commands.Unmark(shoot)}.";
        return Operation(state) is { } operation
            ? $"{marks} {operation} may lie there untaken and is taken in Gardener's next run; unless that is wanted, see what the annotation {Commands.Operation} says, and remove it with: {Commands.Withdraw(shoot)}."
            : marks;
    }

    private static string? Operation(MigrationState state) => state switch
    {
        { PendingIntent: { Kind: WriteKind.Rollout } } => "The node rollout that was asked for last",
        { PendingIntent: { Kind: not WriteKind.IpFamilies and not WriteKind.Mark } } => "The operation that was asked for last",
        { Observation.PendingOperation: { } pending, Awaited.Operation: { } own } when pending == own => $"Our operation {own}",
        _ => null,
    };
}
