namespace Temporalio.Common;

public sealed record WorkerDeploymentVersion(string DeploymentName, string BuildId)
{
    public static WorkerDeploymentVersion FromCanonicalString(string canonical)
    {
        var dot = canonical.IndexOf('.', StringComparison.Ordinal);
        return dot > 0
            ? new(canonical[..dot], canonical[(dot + 1)..])
            : throw new ArgumentException($"'{canonical}' is not a deployment version: write <deployment>.<build id>.", nameof(canonical));
    }

    public string ToCanonicalString() => $"{DeploymentName}.{BuildId}";
}
