using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;
using Dualstack.GardenSimulator.Manifests;

namespace Dualstack.GardenSimulator.Http;

/// <summary>Creates shoots. Called inside the garden's lock.</summary>
internal sealed class ShootCreation(Garden garden)
{
    private const string Plural = "shoots";

    public WriteResult Create(ApiRequest request, byte[] body, string user)
    {
        var shoot = Patches.ParseObject(body);
        ShootShape.Check(shoot);
        var metadata = shoot.Child("metadata");
        if (metadata.Text("namespace") is { } given && given != request.Namespace)
        {
            throw ApiError.BadRequest($"the namespace of the provided object does not match the namespace sent on the request");
        }

        metadata["namespace"] = request.Namespace;
        if (metadata.Text("name") is null && metadata.Text("generateName") is { } prefix)
        {
            metadata["name"] = prefix + StableRandom.Suffix(garden.Options.Seed, prefix, "generate", garden.Shoots.Version, 5);
        }

        if (garden.Shoots.Find(request.Namespace!, metadata.Text("name") ?? string.Empty) is { } present)
        {
            throw ApiError.AlreadyExists(Keys.Group, Plural, present.Name);
        }

        if (!garden.Namespaces.Contains(request.Namespace!))
        {
            throw ApiError.NotFound(string.Empty, "namespaces", request.Namespace!);
        }

        shoot.Remove("status");
        foreach (var field in new[] { "uid", "resourceVersion", "generation", "creationTimestamp", "deletionTimestamp" })
        {
            metadata.Remove(field);
        }

        ShootDefaults.Apply(shoot, garden.Flavour);
        ShootMutator.Apply(null, shoot);
        ShootValidator.Create(shoot, garden.Flavour);
        ShootAdmission.Check(null, shoot);
        metadata["uid"] = Guid.NewGuid().ToString();
        metadata["generation"] = 1;
        metadata["creationTimestamp"] = KubeTime.Format(garden.Now);
        metadata["finalizers"] = JsonTree.TextArray(["gardener"]);
        shoot.Child("metadata", "annotations")["gardener.cloud/created-by"] = user;
        shoot.Child("spec")["seedName"] ??= $"{shoot.Text("spec", "provider", "type")}-{garden.Options.GardenIdentity}";
        if (!Families.Workerless(shoot) && shoot.At("spec", "networking", "nodes") is null && Families.Of(shoot)[0] == Families.IPv4)
        {
            shoot.Child("spec", "networking")["nodes"] = "10.250.0.0/16";
        }

        ShootDefaults.ApplyLabels(shoot);
        shoot.Child("status")["hibernated"] = false;
        if (ShootWrites.IsDryRun(request, body))
        {
            return new WriteResult(201, shoot) { Committed = false, Object = shoot };
        }

        var state = new ShootState { Uid = metadata.Text("uid")!, Namespace = request.Namespace!, Name = metadata.Text("name")! };
        garden.AddState(state);
        ShootSeeder.CompleteIdentity(garden, shoot);
        var entry = garden.Put(shoot);
        ShootEvents.AfterWrite(garden, state, entry, garden.Now);
        return new WriteResult(201, shoot) { Object = shoot };
    }
}
