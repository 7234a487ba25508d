using System.Text.Json;

namespace Dualstack.Gardener.Shoots;

/// <summary>A Shoot as the garden gave it, unknown fields included, with readings of the fields that a migration looks at.</summary>
/// <param name="json">The Shoot object. It must outlive this one: clone elements of documents that will be disposed.</param>
public sealed partial class Shoot(JsonElement json)
{
    /// <summary>The whole object.</summary>
    public JsonElement Json { get; } = json.ValueKind == JsonValueKind.Object
        ? json
        : throw new ArgumentException("A Shoot must be a JSON object.", nameof(json));

    /// <summary>Namespace and name.</summary>
    public ShootKey Key => new(Metadata("namespace"), Metadata("name"));

    /// <summary>Identity of this very object; a shoot created again under the same name has another.</summary>
    public string Uid => Metadata("uid");

    /// <summary>Version of the object, opaque.</summary>
    public string ResourceVersion => Metadata("resourceVersion");

    /// <summary>Counts what makes gardenlet run.</summary>
    public long Generation => Json.Number("metadata", "generation") ?? 0;

    /// <summary>Whether deletion has been asked for.</summary>
    public bool IsDeleting => Json.At("metadata", "deletionTimestamp") is not null;

    /// <summary>The operation that somebody has asked for and nobody has taken yet, or null.</summary>
    public string? PendingOperation => Annotation(GardenNames.OperationAnnotation) is { Length: > 0 } operation ? operation : null;

    /// <summary>The operation that somebody has left for the next maintenance, or null.</summary>
    public string? MaintenanceOperation => Annotation(GardenNames.MaintenanceOperationAnnotation) is { Length: > 0 } operation ? operation : null;

    /// <summary>Intent id of our newest write, or null.</summary>
    public string? Intent => Annotation(GardenNames.IntentAnnotation);

    /// <summary>Whether our label stands on the shoot.</summary>
    public bool IsMarked => Label(GardenNames.MigrationLabel) == GardenNames.MigrationActive;

    /// <summary>Whether gardenlet was told to leave the shoot alone.</summary>
    public bool IsIgnored => Annotation(GardenNames.IgnoreAnnotation) == "true";

    /// <summary>Tasks for the next run.</summary>
    public IReadOnlyList<string> Tasks =>
        (Annotation(GardenNames.TasksAnnotation) ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>Reads an annotation.</summary>
    /// <param name="name">Its key.</param>
    /// <returns>Its value, or null.</returns>
    public string? Annotation(string name) => Json.Text("metadata", "annotations", name);

    /// <summary>Reads a label.</summary>
    /// <param name="name">Its key.</param>
    /// <returns>Its value, or null.</returns>
    public string? Label(string name) => Json.Text("metadata", "labels", name);

    private string Metadata(string field) => Json.Text("metadata", field) ?? string.Empty;
}
