using System.CommandLine;

namespace Dualstack.Starter.Commands;

/// <summary>What a person does about nodes.</summary>
internal sealed class NodesCommand : Command
{
    public NodesCommand()
        : base("nodes", "Says that nodes were replaced, or approves that Gardener replaces them.")
    {
        Subcommands.Add(new NodesDoneCommand());
        Subcommands.Add(new NodesApproveCommand());
    }
}
