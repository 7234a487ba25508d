using System.Text.Json;
using Dualstack.Gardener.Garden;
using Dualstack.Gardener.Shoots;
using Dualstack.Workflows.Evidence;
using Observed = Dualstack.Workflows.Evidence.ShootObservation;

namespace Dualstack.Activities.Projection;

/// <summary>Turns a Shoot into the few facts that workflow histories keep, in at most 4 KiB whatever its size.</summary>
public static class ShootProjection
{
    /// <summary>How large a projection is at most, as JSON.</summary>
    public const int LargestSize = 4096;

    private const int ShortText = 100;

    /// <summary>Projects a shoot.</summary>
    /// <param name="reading">The shoot and the garden's clock.</param>
    /// <returns>The projection.</returns>
    public static Observed Project(ShootReading reading)
    {
        ArgumentNullException.ThrowIfNull(reading);
        var projected = Project(reading, Observed.ListLimit, Observed.TextLimit);
        for (var limit = Observed.ListLimit / 2; Size(projected) > LargestSize && limit > 0; limit /= 2)
        {
            projected = Project(reading, limit, ShortText);
        }

        return projected;
    }

    /// <summary>Cuts a text that is too long.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">How many characters are kept.</param>
    /// <returns>The text, or its beginning with an ellipsis as its last character.</returns>
    public static string Cut(string text, int length)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length <= length ? text : text[..(length - 1)] + "…";
    }

    private static int Size(Observed projected) => JsonSerializer.SerializeToUtf8Bytes(projected).Length;

    private static Observed Project(ShootReading reading, int listLimit, int textLimit)
    {
        var shoot = reading.Shoot;
        var workers = shoot.Workers;
        var inPlace = workers.Where(worker => worker.IsInPlace).ToList();
        var pending = shoot.PendingRollouts;
        var errors = shoot.LastErrors;
        return new Observed
        {
            ResourceVersion = shoot.ResourceVersion,
            ServerTime = reading.ServerTime,
            Uid = shoot.Uid,
            Generation = shoot.Generation,
            ObservedGeneration = shoot.ObservedGeneration,
            IpFamilies = shoot.IpFamilies,
            Provider = Cut(shoot.ProviderType, ShortText),
            NetworkingType = shoot.NetworkingType is { Length: > 0 } type ? Cut(type, ShortText) : null,
            Overlay = shoot.OverlayEnabled switch { true => OverlaySetting.On, false => OverlaySetting.Off, _ => OverlaySetting.NotStated },
            Workerless = shoot.IsWorkerless,
            HibernationEnabled = shoot.WantsHibernation,
            Hibernated = shoot.IsHibernated,
            Deleting = shoot.IsDeleting,
            Ignored = shoot.IsIgnored,
            SeedName = shoot.SeedName,
            StatusSeedName = shoot.StatusSeedName,
            GardenerVersion = shoot.GardenerVersion?.ToString(),
            Confined = shoot.ConfinesSpecUpdates,
            LastOperation = shoot.LastOperation is { } run
                ? new RunObservation(run.Type, run.State, run.Progress, run.LastUpdateTime, Cut(run.Description, textLimit))
                : null,
            ErrorCodes = [.. errors.SelectMany(error => error.Codes).Distinct().Take(listLimit).Select(code => Cut(code, ShortText))],
            Error = errors.Count > 0 ? Cut(errors[0].Description, textLimit) : null,
            RetryCycleStartTime = shoot.RetryCycleStartTime,
            NodeRanges = shoot.Networking?.Nodes.Count ?? 0,
            PodRanges = shoot.Networking?.Pods.Count ?? 0,
            ServiceRanges = shoot.Networking?.Services.Count ?? 0,
            NodesConstraint = Observe(shoot.NodesConstraint),
            DnsConstraint = Observe(shoot.DnsConstraint),
            // Always cut at the same place: it is compared with what a receipt has noted.
            PendingOperation = shoot.PendingOperation is { } operation ? Cut(operation, Observed.TextLimit) : null,
            Tasks = [.. shoot.Tasks.Take(listLimit).Select(task => Cut(task, ShortText))],
            IntentId = shoot.Intent is { } intent ? Cut(intent, textLimit) : null,
            Marked = shoot.IsMarked,
            PendingRollouts = [.. pending.Take(listLimit).Select(rollout => new PendingRolloutObservation(rollout.Pool, rollout.InitiatedAt))],
            PendingRolloutCount = pending.Count,
            NewestRolloutAt = pending.Max(rollout => rollout.InitiatedAt),
            PoolCount = workers.Count,
            Pools = [.. workers.Take(listLimit).Select(worker => worker.Name)],
            WorkersHash = shoot.WorkersHash,
            InPlacePools = [.. inPlace.Take(listLimit).Select(worker => worker.Name)],
            InPlacePoolCount = inPlace.Count,
            MultiZonePoolCount = workers.Count(worker => worker.Zones > 1),
            InPlaceUpdateCount = shoot.PendingInPlaceUpdates.Count,
            Rotations =
            [
                .. shoot.RotationPhases
                    .Where(rotation => rotation.Value is not ("Prepared" or "Completed"))
                    .OrderBy(rotation => rotation.Key, StringComparer.Ordinal)
                    .Take(listLimit)
                    .Select(rotation => new RotationObservation(Cut(rotation.Key, ShortText), Cut(rotation.Value, ShortText))),
            ],
            ConditionsNotTrue = [.. shoot.Conditions.Where(condition => !condition.IsTrue).Take(listLimit).Select(condition => Observe(condition)!)],
        };
    }

    private static ConstraintObservation? Observe(ShootCondition? condition) => condition is null
        ? null
        : new ConstraintObservation(
            Cut(condition.Type, ShortText), Cut(condition.Status, ShortText), Cut(condition.Reason, ShortText), condition.LastTransitionTime);
}
