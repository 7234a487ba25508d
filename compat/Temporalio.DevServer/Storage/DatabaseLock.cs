namespace Temporalio.DevServer.Storage;

/// <summary>
/// Keeps a database file to one server: two would hand out the same tasks. The lock is the operating system's, on a file beside the database, and so ends with the
/// process however that ends. The file itself stays: who removed it would let a third server in past one that waits for it.
/// </summary>
internal sealed class DatabaseLock : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly FileStream file;

    private DatabaseLock(FileStream file) => this.file = file;

    /// <summary>Takes the lock, and waits for a server that is about to end.</summary>
    /// <exception cref="InvalidDataException">The database is in use, or there can be no file beside it; the message says which.</exception>
    public static async Task<DatabaseLock> AcquireAsync(string databaseFile, TimeSpan patience, CancellationToken cancellationToken)
    {
        var file = new FileInfo(databaseFile);
        var target = file.LinkTarget is null ? databaseFile : file.ResolveLinkTarget(returnFinalTarget: true)!.FullName;
        var until = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (true)
        {
            try
            {
                return new DatabaseLock(new FileStream(target + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException e) when (IsTaken(e))
            {
                if (Environment.TickCount64 >= until)
                {
                    throw new InvalidDataException("another server has it open. Stop that one or choose another --db-filename.", e);
                }
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw new InvalidDataException(e.Message, e);
            }

            await Task.Delay(Pause, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => file.Dispose();

    /// <summary>EWOULDBLOCK of Linux and of macOS, and the sharing violation of Windows.</summary>
    private static bool IsTaken(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);
}
