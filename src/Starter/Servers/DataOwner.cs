using System.Globalization;
using Dualstack.Starter.Cli;

namespace Dualstack.Starter.Servers;

/// <summary>Sees to it that one process at a time works with a directory of data, and that others can tell which one does.</summary>
internal sealed class DataOwner : IDisposable
{
    /// <summary>The file that holds the process id of whoever has the directory, or had it last.</summary>
    public const string IdFile = "dualstack.pid";

    private const string LockFile = "dualstack.lock";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    // The lock ends with the process, however it ends.
    private readonly FileStream held;

    private DataOwner(FileStream held) => this.held = held;

    /// <summary>Takes the directory. Waits briefly, because a predecessor that was killed may still be ending.</summary>
    /// <exception cref="CliException">Another process has it; the sentence says which.</exception>
    public static async Task<DataOwner> ClaimAsync(string directory, TimeProvider time, CancellationToken cancellationToken)
    {
        var lockFile = Path.Combine(directory, LockFile);
        var idFile = Path.Combine(directory, IdFile);
        var began = time.GetTimestamp();
        FileStream? held;
        while ((held = TryLock(lockFile)) is null)
        {
            if (time.GetElapsedTime(began) > Patience)
            {
                var id = File.Exists(idFile) ? await File.ReadAllTextAsync(idFile, cancellationToken) : "unknown";
                throw new CliException(
                    ExitCode.Error,
                    $"dualstack dev (pid {id}) still runs on the data in {Path.GetFullPath(directory)}; end it with \"kill {id}\", or choose other data with --data.");
            }

            await Task.Delay(Pace, time, cancellationToken);
        }

        await File.WriteAllTextAsync(idFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture), cancellationToken);
        return new DataOwner(held);
    }

    public void Dispose() => held.Dispose();

    private static FileStream? TryLock(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }
}
