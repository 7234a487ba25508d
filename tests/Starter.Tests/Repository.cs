namespace Dualstack.Starter.Tests;

/// <summary>Paths of the checkout that the tests run in.</summary>
internal static class Repository
{
    public static string PathOf(string part)
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "Temporal.sln")))
        {
            directory = directory.Parent;
        }

        return Path.Combine(directory?.FullName ?? throw new InvalidOperationException("The tests do not run inside a checkout."), part);
    }
}
