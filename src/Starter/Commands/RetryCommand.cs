using Dualstack.Workflows;

namespace Dualstack.Starter.Commands;

/// <summary>Retries what blocks.</summary>
internal sealed class RetryCommand() : UpdateCommand("retry", "Looks again and tries again what blocks a migration.", MessageNames.Retry, takesPools: false);
