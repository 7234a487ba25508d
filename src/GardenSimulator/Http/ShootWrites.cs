using System.Globalization;
using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;
using Dualstack.GardenSimulator.Manifests;
using Dualstack.GardenSimulator.Store;

namespace Dualstack.GardenSimulator.Http;

/// <summary>Creates, changes and deletes shoots as the API server does. Called inside the garden's lock.</summary>
internal sealed class ShootWrites(Garden garden)
{
    private const string Plural = "shoots";

    public WriteResult Write(ApiRequest request, byte[] body) => (request.Verb, request.Subresource) switch
    {
        ("create", null) when request.Name is null => Create(request, body),
        ("patch", null) => Patch(request, body, status: false),
        ("update", null) => Update(request, body, status: false),
        ("patch", "status") => Patch(request, body, status: true),
        ("update", "status") => Update(request, body, status: true),
        ("delete", null) => Delete(request, body),
        _ => throw ApiError.MethodNotAllowed(),
    };

    public ShootEntry Find(ApiRequest request) => garden.Shoots.Find(request.Namespace ?? string.Empty, request.Name!)
        ?? throw ApiError.NotFound(Keys.Group, Plural, request.Name!);

    public static bool IsDryRun(ApiRequest request, byte[] body) =>
        request.Query("dryRun") == "All"
        || (request.Method == "DELETE" && DeleteOptions(body).Texts("dryRun").Contains("All"));

    private static JsonNode? DeleteOptions(byte[] body) =>
        body.Length == 0 ? null : ProtobufBody.Is(body) ? ProtobufBody.DeleteOptions(body) : Patches.Parse(body);

    private WriteResult Create(ApiRequest request, byte[] body)
    {
        var shoot = Patches.ParseObject(body);
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

        if (!garden.Namespaces.Any(item => item.Text("metadata", "name") == request.Namespace))
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
        shoot.Child("metadata", "annotations")["gardener.cloud/created-by"] = "admin";
        shoot.Child("spec")["seedName"] ??= $"{shoot.Text("spec", "provider", "type")}-{garden.Options.GardenIdentity}";
        if (!Families.Workerless(shoot) && shoot.At("spec", "networking", "nodes") is null && Families.Of(shoot)[0] == Families.IPv4)
        {
            shoot.Child("spec", "networking")["nodes"] = "10.250.0.0/16";
        }

        ShootDefaults.ApplyLabels(shoot);
        shoot.Child("status")["hibernated"] = false;
        if (IsDryRun(request, body))
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

    private WriteResult Patch(ApiRequest request, byte[] body, bool status)
    {
        if (request.MediaType == Patches.Apply)
        {
            return Apply(request, body, status);
        }

        var entry = Find(request);
        var before = entry.Parse();
        var shoot = Patches.Patch(entry.Parse(), request.MediaType, body);
        return Store(request, body, entry, before, shoot, status);
    }

    private WriteResult Apply(ApiRequest request, byte[] body, bool status)
    {
        var applied = Patches.ParseObject(body);
        if (applied.At("metadata", "managedFields") is JsonArray { Count: > 0 })
        {
            throw ApiError.BadRequest("metadata.managedFields must be nil");
        }

        if (string.IsNullOrEmpty(request.Query("fieldManager")))
        {
            throw ApiError.Invalid("meta.k8s.io", "PatchOptions", string.Empty, [FieldError.Required("fieldManager", "is required for apply patch")]);
        }

        var present = garden.Shoots.Find(request.Namespace!, request.Name!);
        if (present is null)
        {
            var created = Create(request, body);
            ManagedFields.Note(created.Object!.AsObject(), applied, request.Query("fieldManager")!, garden.Now);
            return created;
        }

        var shoot = Patches.Patch(present.Parse(), Patches.Apply, body);
        ManagedFields.Note(shoot, applied, request.Query("fieldManager")!, garden.Now);
        return Store(request, body, present, present.Parse(), shoot, status);
    }

    private WriteResult Update(ApiRequest request, byte[] body, bool status)
    {
        var entry = Find(request);
        var shoot = Patches.ParseObject(body);
        if (string.IsNullOrEmpty(shoot.Text("metadata", "resourceVersion")))
        {
            throw ApiError.Invalid(Keys.Group, "Shoot", entry.Name, [FieldError.Invalid("metadata.resourceVersion", "0", "must be specified for an update")]);
        }

        if (shoot.Text("metadata", "uid") is { Length: > 0 } uid && uid != entry.Uid)
        {
            throw ApiError.Conflict(Keys.Group, Plural, entry.Name, $"StorageError: invalid object, Code: 4, Precondition failed: UID in precondition: {uid}, UID in object meta: {entry.Uid}");
        }

        if (shoot.Text("metadata", "name") != entry.Name)
        {
            throw ApiError.BadRequest($"the name of the object ({shoot.Text("metadata", "name")}) does not match the name on the URL ({entry.Name})");
        }

        return Store(request, body, entry, entry.Parse(), shoot, status);
    }

    private WriteResult Store(ApiRequest request, byte[] body, ShootEntry entry, JsonObject before, JsonObject shoot, bool status)
    {
        if (shoot.Text("metadata", "resourceVersion") is { Length: > 0 } version && version != entry.Version.ToString(CultureInfo.InvariantCulture))
        {
            throw ApiError.Modified(Keys.Group, Plural, entry.Name);
        }

        if (shoot.Text("metadata", "uid") is { Length: > 0 } uid && uid != entry.Uid)
        {
            throw ApiError.Invalid(Keys.Group, "Shoot", entry.Name, [FieldError.Invalid("metadata.uid", $"\"{uid}\"", "field is immutable")]);
        }

        Protect(before, shoot, status);
        if (!status)
        {
            ShootDefaults.Apply(shoot, garden.Flavour);
            ShootMutator.Apply(before, shoot);
            ShootValidator.Operations(shoot, garden.Flavour);
            GenerationRules.Apply(before, shoot);
            ShootValidator.Update(before, shoot, garden.Flavour);
            ShootAdmission.Check(before, shoot);
        }

        var changed = !JsonTree.Same(before, shoot);
        if (IsDryRun(request, body))
        {
            return new WriteResult(200, shoot) { Committed = false, Changed = changed, Object = shoot };
        }

        var state = garden.State(entry.Uid);
        if (changed)
        {
            var stored = garden.Put(shoot);
            if (shoot.At("metadata", "deletionTimestamp") is not null && shoot.Texts("metadata", "finalizers").Count == 0)
            {
                garden.Remove(stored);
            }
            else
            {
                ShootEvents.AfterWrite(garden, state, stored, garden.Now);
            }
        }

        return new WriteResult(200, shoot) { Changed = changed, Object = shoot };
    }

    /// <summary>What a client sends for fields that are not its own is dropped.</summary>
    private static void Protect(JsonObject before, JsonObject shoot, bool status)
    {
        var metadata = shoot.Child("metadata");
        foreach (var field in new[] { "name", "namespace", "uid", "creationTimestamp", "generation", "deletionTimestamp", "deletionGracePeriodSeconds", "resourceVersion" })
        {
            Keep(before["metadata"]!.AsObject(), metadata, field);
        }

        Keep(before, shoot, status ? "spec" : "status");
        Keep(before, shoot, "apiVersion");
        Keep(before, shoot, "kind");
        foreach (var map in new[] { "annotations", "labels" })
        {
            if (metadata[map] is null or JsonObject { Count: 0 })
            {
                metadata.Remove(map);
            }
        }
    }

    private static void Keep(JsonObject before, JsonObject after, string field)
    {
        if (before[field] is { } value)
        {
            after[field] = value.DeepClone();
        }
        else
        {
            after.Remove(field);
        }
    }

    private WriteResult Delete(ApiRequest request, byte[] body)
    {
        var entry = Find(request);
        var options = DeleteOptions(body);
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

        if (IsDryRun(request, body))
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
