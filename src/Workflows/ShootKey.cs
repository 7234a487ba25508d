namespace Dualstack.Workflows;

/// <summary>Names one shoot among all gardens.</summary>
/// <param name="Garden">The garden's own identity, as in the shoot's cluster identity; not the name of a kubeconfig context.</param>
/// <param name="Namespace">The project's namespace in the garden.</param>
/// <param name="Name">The shoot's name.</param>
public sealed record ShootKey(string Garden, string Namespace, string Name)
{
    /// <summary>The id of the workflow that migrates the shoot; there is one open workflow per id.</summary>
    /// <returns><c>shoot/&lt;garden&gt;/&lt;namespace&gt;/&lt;name&gt;</c>.</returns>
    public string WorkflowId() => $"shoot/{Garden}/{Namespace}/{Name}";

    /// <summary>Gives <c>namespace/name</c>, as people and commands name a shoot.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => $"{Namespace}/{Name}";

    /// <summary>Reads a workflow id.</summary>
    /// <param name="workflowId">The id.</param>
    /// <param name="key">The shoot that it belongs to.</param>
    /// <returns>Whether it is the id of a shoot's migration.</returns>
    public static bool TryParseWorkflowId(string? workflowId, out ShootKey? key)
    {
        key = workflowId?.Split('/') is ["shoot", { Length: > 0 } garden, { Length: > 0 } projectNamespace, { Length: > 0 } name]
            ? new ShootKey(garden, projectNamespace, name)
            : null;
        return key is not null;
    }
}
