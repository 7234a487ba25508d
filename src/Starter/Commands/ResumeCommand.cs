using Dualstack.Workflows;

namespace Dualstack.Starter.Commands;

/// <summary>Ends a pause.</summary>
internal sealed class ResumeCommand() : UpdateCommand("resume", "Lets a paused migration go on.", MessageNames.Resume, takesPools: false);
