using System.Globalization;
using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;
using Dualstack.GardenSimulator.Store;

namespace Dualstack.GardenSimulator.Http;

/// <summary>Deletes shoots. Called inside the garden's lock.</summary>
internal sealed class ShootDeletion(Garden garden)
{
    private const string Plural = "shoots";

    public WriteResult Delete(ApiRequest request, ShootEntry entry, byte[] body)
    {
        var options = ShootWrites.DeleteOptions(body);
        if (options.Text("preconditions", "uid") is { } uid && uid != entry.Uid)
        {
            throw ApiError.Conflict(Keys.Group, Plural, entry.Name, $"Precondition failed: UID in precondition: {uid}, UID in object meta: {entry.Uid}");
        }

        if (options.Text("preconditions", "resourceVersion") is { } version && version != entry.Version.ToString(CultureInfo.InvariantCulture))
        {
            throw ApiError.Conflict(Keys.Group, Plural, entry.Name, $"Precondition failed: ResourceVersion in precondition: {version}, ResourceVersion in object meta: {entry.Version}");
        }

        var before = entry.Parse();
        if (before.Text("metadata", "annotations", Keys.ConfirmDeletion) is not ("true" or "True" or "1"))
        {
            throw ApiError.Forbidden(Keys.Group, Plural, entry.Name, $"must have a \"{Keys.ConfirmDeletion}\" annotation to delete");
        }

        var shoot = entry.Parse();
        if (before.At("metadata", "deletionTimestamp") is null)
        {
            shoot.Child("metadata")["deletionTimestamp"] = KubeTime.Format(garden.Now);
            shoot.Child("metadata")["deletionGracePeriodSeconds"] = 0;
            GenerationRules.Apply(before, shoot);
        }

        if (ShootWrites.IsDryRun(request, body))
        {
            return new WriteResult(200, shoot) { Committed = false, Object = shoot };
        }

        var changed = !JsonTree.Same(before, shoot);
        if (changed)
        {
            ShootEvents.AfterWrite(garden, garden.State(entry.Uid), garden.Put(shoot), garden.Now);
        }

        return new WriteResult(200, shoot) { Changed = changed, Object = shoot };
    }
}
