using System.Globalization;
using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;
using Dualstack.GardenSimulator.Store;

namespace Dualstack.GardenSimulator.Http;

/// <summary>Creates, changes and deletes shoots as the API server does. Called inside the garden's lock.</summary>
internal sealed class ShootWrites(Garden garden)
{
    private const string Plural = "shoots";
    private readonly ShootCreation creation = new(garden);
    private readonly ShootDeletion deletion = new(garden);

    public WriteResult Write(ApiRequest request, byte[] body, string user) => (request.Verb, request.Subresource) switch
    {
        ("create", null) when request.Name is null => creation.Create(request, body, user),
        ("patch", null) => Patch(request, body, user, status: false),
        ("update", null) => Update(request, body, status: false),
        ("patch", "status") => Patch(request, body, user, status: true),
        ("update", "status") => Update(request, body, status: true),
        ("delete", null) => deletion.Delete(request, Find(request), body),
        _ => throw ApiError.MethodNotAllowed(),
    };

    public ShootEntry Find(ApiRequest request) => garden.Shoots.Find(request.Namespace ?? string.Empty, request.Name!)
        ?? throw ApiError.NotFound(Keys.Group, Plural, request.Name!);

    public static bool IsDryRun(ApiRequest request, byte[] body)
    {
        List<string> asked = [.. request.Query("dryRun") is { Length: > 0 } query ? new[] { query } : [], .. request.Method == "DELETE" ? DeleteOptions(body).Texts("dryRun") : []];
        return asked.Find(value => value != "All") is not { } unknown
            ? asked.Count > 0
            : throw ApiError.Invalid("meta.k8s.io", $"{request.Verb[..1].ToUpperInvariant()}{request.Verb[1..]}Options", string.Empty, [FieldError.NotSupported("dryRun", unknown, "All")]);
    }

    internal static JsonNode? DeleteOptions(byte[] body) =>
        body.Length == 0 ? null : ProtobufBody.Is(body) ? ProtobufBody.DeleteOptions(body) : Patches.Parse(body);

    private WriteResult Patch(ApiRequest request, byte[] body, string user, bool status)
    {
        if (request.MediaType == Patches.Apply)
        {
            return Apply(request, body, user, status);
        }

        var entry = Find(request);
        var before = entry.Parse();
        var shoot = Patches.Patch(entry.Parse(), request.MediaType, body);
        return Store(request, body, entry, before, shoot, status);
    }

    private WriteResult Apply(ApiRequest request, byte[] body, string user, bool status)
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
        var shoot = ServerSideApply.Apply(present?.Parse(), applied, request.Query("fieldManager")!, request.QueryFlag("force"), garden.Now);
        return present is null
            ? creation.Create(request, shoot.ToUtf8(), user)
            : Store(request, body, present, present.Parse(), shoot, status);
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

        ShootShape.Check(shoot);
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
}
