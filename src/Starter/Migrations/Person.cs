namespace Dualstack.Starter.Migrations;

/// <summary>Who sits at the terminal.</summary>
internal static class Person
{
    public static string Name { get; } = $"{Environment.UserName}@{Environment.MachineName}";
}
