using Dualstack.Starter.Migrations;

namespace Dualstack.Starter.Output;

/// <summary>A state by glyph and colour, next to the word.</summary>
internal static class Glyph
{
    public static string Of(MigrationPhase phase) => phase switch
    {
        MigrationPhase.Succeeded => "✓",
        MigrationPhase.NotApplicable => "○",
        MigrationPhase.Blocked => "!",
        MigrationPhase.WaitsForPerson => "⏸",
        MigrationPhase.Running => "▶",
        _ => "✗",
    };

    public static string Colour(MigrationPhase phase) => phase switch
    {
        MigrationPhase.Succeeded => "green",
        MigrationPhase.NotApplicable => "grey",
        MigrationPhase.Blocked or MigrationPhase.WaitsForPerson => "yellow",
        MigrationPhase.Running => "blue",
        _ => "red",
    };
}
