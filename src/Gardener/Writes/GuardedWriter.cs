using System.Text.Json.Nodes;
using Dualstack.Gardener.Errors;
using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Shoots;

namespace Dualstack.Gardener.Writes;

/// <summary>
/// Writes each decision once, whatever gets lost: an attempt reads first, finds its intent id on the shoot (then it is written) or
/// writes only to the very version that it has read, and only while the shoot is what the decision was made for.
/// </summary>
/// <param name="garden">The garden.</param>
public sealed class GuardedWriter(IGarden garden)
{
    private const int Rounds = 5;

    /// <summary>Reads a shoot and makes sure that it is that one.</summary>
    /// <param name="shoot">Which one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The shoot.</returns>
    /// <exception cref="GardenException">
    /// <see cref="GardenErrorKind.Recreated"/> if another object has the name now, <see cref="GardenErrorKind.WrongGarden"/> if it is one of another garden.
    /// </exception>
    public async Task<ShootReading> ReadAsync(ShootIdentity shoot, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shoot);
        var reading = await garden.GetAsync(shoot.Key, cancellationToken);
        if (shoot.Garden is { } wanted && reading.Shoot.GardenIdentity is { } found && found != wanted)
        {
            throw new GardenException(
                GardenErrorKind.WrongGarden,
                $"The kubeconfig leads to garden \"{found}\", but shoot {shoot.Key} is to be found in garden \"{wanted}\"; use the kubeconfig of \"{wanted}\".");
        }

        return string.IsNullOrEmpty(shoot.Uid) || reading.Shoot.Uid == shoot.Uid
            ? reading
            : throw new GardenException(
                GardenErrorKind.Recreated,
                $"Shoot {shoot.Key} was deleted and created again (uid {reading.Shoot.Uid} instead of {shoot.Uid}); it is another cluster now.");
    }

    /// <summary>Makes a change once.</summary>
    /// <param name="intent">The decision.</param>
    /// <param name="write">The change.</param>
    /// <param name="cancellationToken">Stops waiting; the change may be made all the same, and the next attempt will see it.</param>
    /// <returns>How it ended.</returns>
    /// <exception cref="GardenException">
    /// <see cref="GardenErrorKind.Unreachable"/> if nothing is known about the write; asking again with the same intent is safe.
    /// </exception>
    public Task<WriteResult> WriteAsync(WriteIntent intent, ShootWrite write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(intent);
        ArgumentNullException.ThrowIfNull(write);
        return AgainOnConflictAsync(async () =>
        {
            var reading = await ReadAsync(intent.Shoot, cancellationToken);
            var shoot = reading.Shoot;
            if (shoot.Intent == intent.Id)
            {
                return new WriteResult(WriteOutcome.AlreadyWritten, reading);
            }

            if (write.IsMade(shoot))
            {
                return new WriteResult(WriteOutcome.Unchanged, reading);
            }

            if (shoot.Generation != intent.Generation)
            {
                return new WriteResult(
                    WriteOutcome.DecideAnew, reading, $"The shoot changed meanwhile: generation {shoot.Generation} instead of {intent.Generation}.");
            }

            if (write.Objection(shoot) is { } objection)
            {
                return new WriteResult(WriteOutcome.DecideAnew, reading, objection);
            }

            try
            {
                return new WriteResult(
                    WriteOutcome.Written,
                    await garden.PatchAsync(shoot.Key, Guarded(shoot, write.Patch(shoot), intent.Id), dryRun: false, cancellationToken));
            }
            catch (GardenException exception) when (exception.Kind == GardenErrorKind.Rejected)
            {
                return new WriteResult(WriteOutcome.Refused, reading, exception.ServerWords ?? exception.Message);
            }
        });
    }

    /// <summary>Asks the garden whether it would accept a change; nothing is written.</summary>
    /// <param name="shoot">The shoot.</param>
    /// <param name="write">The change. Its objection is not asked: the garden is.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The shoot as it would be.</returns>
    /// <exception cref="GardenException"><see cref="GardenErrorKind.Rejected"/> with the server's own words if it would not.</exception>
    public Task<ShootReading> DryRunAsync(ShootIdentity shoot, ShootWrite write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shoot);
        ArgumentNullException.ThrowIfNull(write);
        return AgainOnConflictAsync(async () =>
        {
            var read = (await ReadAsync(shoot, cancellationToken)).Shoot;
            return await garden.PatchAsync(shoot.Key, AtVersion(read, write.Patch(read)), dryRun: true, cancellationToken);
        });
    }

    /// <summary>
    /// Takes our label and intent off a shoot, and the operation of our last intent if nobody has taken it yet. Nothing is written where nothing is ours.
    /// </summary>
    /// <param name="shoot">The shoot.</param>
    /// <param name="ownOperation">The operation of our last intent that is to be withdrawn; null to leave operations alone.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>How it ended, and whether an operation was withdrawn by this call.</returns>
    /// <exception cref="GardenException">Among others <see cref="GardenErrorKind.NotFound"/> and <see cref="GardenErrorKind.Recreated"/>.</exception>
    public Task<(WriteResult Result, bool Withdrawn)> UnmarkAsync(ShootIdentity shoot, OwnOperation? ownOperation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(shoot);
        return AgainOnConflictAsync(async () =>
        {
            var reading = await ReadAsync(shoot, cancellationToken);
            var read = reading.Shoot;
            if (!read.IsMarked && read.Intent is null)
            {
                return (new WriteResult(WriteOutcome.Unchanged, reading), false);
            }

            var withdraw = read.Intent == ownOperation?.IntentId && ownOperation?.Matches(read.PendingOperation) == true;
            var patch = new JsonObject();
            Child(patch, "metadata", "labels")[GardenNames.MigrationLabel] = null;
            Child(patch, "metadata", "annotations")[GardenNames.IntentAnnotation] = null;
            if (withdraw)
            {
                Child(patch, "metadata", "annotations")[GardenNames.OperationAnnotation] = null;
            }

            var left = await garden.PatchAsync(shoot.Key, AtVersion(read, patch), dryRun: false, cancellationToken);
            return (new WriteResult(WriteOutcome.Written, left), withdraw);
        });
    }

    private static async Task<T> AgainOnConflictAsync<T>(Func<Task<T>> readAndWrite)
    {
        for (var round = 1; ; round++)
        {
            try
            {
                return await readAndWrite();
            }
            catch (GardenException exception) when (exception.Kind == GardenErrorKind.Conflict && round < Rounds)
            {
                // Somebody wrote between our read and our write: read again and look whether the decision still holds.
            }
        }
    }

    private static JsonObject Guarded(Shoot shoot, JsonObject patch, string intentId)
    {
        Child(patch, "metadata", "annotations")[GardenNames.IntentAnnotation] = intentId;
        Child(patch, "metadata", "labels")[GardenNames.MigrationLabel] = GardenNames.MigrationActive;
        return AtVersion(shoot, patch);
    }

    // The version also pins the object: no two objects ever share one.
    private static JsonObject AtVersion(Shoot shoot, JsonObject patch)
    {
        Child(patch, "metadata")["resourceVersion"] = shoot.ResourceVersion;
        return patch;
    }

    private static JsonObject Child(JsonObject parent, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (parent[name] is not JsonObject child)
            {
                parent[name] = child = [];
            }

            parent = child;
        }

        return parent;
    }
}
