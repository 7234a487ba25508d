using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Json;
using Dualstack.GardenSimulator.Store;

namespace Dualstack.GardenSimulator.Gardenlet;

/// <summary>One controller's work on one shoot at one moment.</summary>
internal sealed class ShootWork
{
    private ShootEntry stored;

    public ShootWork(Garden garden, ShootEntry entry, ShootState state, DateTimeOffset now)
    {
        Garden = garden;
        stored = entry;
        State = state;
        Now = now;
        Shoot = entry.Parse();
    }

    public Garden Garden { get; }

    public ShootState State { get; }

    public JsonObject Shoot { get; }

    public DateTimeOffset Now { get; }

    public ShootEntry Entry => stored;

    public GardenTimings Timings => Garden.Options.Timings;

    /// <summary>The families that gardenlet works towards: a run keeps to those it found at its start, also if the shoot is patched meanwhile.</summary>
    public List<string> Families => State.Run?.Families ?? Admission.Families.Of(Shoot);

    public bool Dual => Families.Count == 2;

    public bool Workerless => Admission.Families.Workerless(Shoot);

    public bool WantsHibernation => Shoot.Flag("spec", "hibernation", "enabled") == true;

    public bool Hibernated => Shoot.Flag("status", "hibernated") == true;

    public long Generation => Shoot.Number("metadata", "generation") ?? 1;

    public string OperationState => Shoot.Text("status", "lastOperation", "state") ?? string.Empty;

    public JsonObject Status => Shoot.Child("status");

    public DateTimeOffset In(TimeSpan duration) => Now + Garden.Scaled(duration);

    /// <summary>A write of the status alone, as the controllers do it.</summary>
    public void SaveStatus() => Save();

    /// <summary>A write of labels or annotations: operations that lie on the shoot take effect with it.</summary>
    public void SaveMetadata()
    {
        var before = stored.Parse();
        GenerationRules.Apply(before, Shoot);
        Save();
        ShootEvents.AfterWrite(Garden, State, stored, Now);
    }

    public void Remove() => Garden.Remove(stored);

    public JsonObject? Constraint(string type) =>
        Shoot.Objects("status", "constraints").FirstOrDefault(item => item.Text("type") == type);

    public void SetConstraint(string type, string status, string reason, string message) =>
        SetTyped("constraints", type, status, reason, message);

    public void SetCondition(string type, string status, string reason, string message) =>
        SetTyped("conditions", type, status, reason, message);

    public void RemoveConstraint(string type)
    {
        if (Constraint(type) is { } constraint)
        {
            ((JsonArray)Status["constraints"]!).Remove(constraint);
        }
    }

    private void SetTyped(string list, string type, string status, string reason, string message)
    {
        if (Status[list] is not JsonArray items)
        {
            Status[list] = items = [];
        }

        var item = items.OfType<JsonObject>().FirstOrDefault(candidate => candidate.Text("type") == type);
        var now = KubeTime.Format(Now);
        if (item is null)
        {
            items.Add(item = new JsonObject { ["type"] = type });
        }
        else if (item.Text("status") == status && item.Text("reason") == reason && item.Text("message") == message)
        {
            return;
        }

        if (item.Text("status") != status)
        {
            item["lastTransitionTime"] = now;
        }

        item["status"] = status;
        item["lastUpdateTime"] = now;
        item["reason"] = reason;
        item["message"] = message;
    }

    private void Save()
    {
        if (Shoot.At("metadata", "annotations") is JsonObject { Count: 0 })
        {
            Shoot.Child("metadata").Remove("annotations");
        }

        // The order of fields survives reading and writing, so the same object is the same text.
        if (!Shoot.ToUtf8().AsSpan().SequenceEqual(stored.Json))
        {
            stored = Garden.Put(Shoot);
        }
    }
}
