using Temporalio.Api.Sdk.V1;

namespace Temporalio.DevServer.Inspection;

/// <summary>What a worker said of a workflow, or a sentence that says why nobody said anything.</summary>
internal sealed record MetadataAnswer(WorkflowMetadata? Metadata, string? Missing)
{
    public static MetadataAnswer Of(WorkflowMetadata? metadata) => new(metadata, null);

    public static MetadataAnswer None(string why) => new(null, why);
}
