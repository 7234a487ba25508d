using Dualstack.Workflows;

namespace Dualstack.Starter.Commands;

/// <summary>Pauses a migration.</summary>
internal sealed class PauseCommand() : UpdateCommand("pause", "Holds a migration at the next safe point.", MessageNames.Pause, takesPools: false);
