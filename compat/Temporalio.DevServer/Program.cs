using System.Runtime.InteropServices;
using Temporalio.DevServer.Grpc;
using Temporalio.DevServer.Hosting;

ServerOptions options;
try
{
    options = ServerOptions.Parse(args, Environment.GetEnvironmentVariable);
}
catch (ArgumentException e)
{
    Console.Error.WriteLine(e.Message);
    Console.Error.WriteLine(ServerOptions.Usage);
    return 2;
}

var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
if (options.ExitOnStdinEof)
{
    new Thread(WaitForEndOfInput) { IsBackground = true, Name = "stdin" }.Start();
}

try
{
    await using var host = new DevServerHost(options, Console.Error.WriteLine, Die);
    await host.StartAsync(CancellationToken.None);
    if (!options.Quiet)
    {
        Console.WriteLine($"Temporal dev server listens on {options.Address}:{options.Port}.");
        if (options.UiPort is { } uiPort)
        {
            Console.WriteLine($"Its inspection page is at http://{options.Address}:{uiPort}.");
        }
    }

    await stop.Task;
    return 0;
}
catch (PortInUseException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
catch (GrpcException e)
{
    Console.Error.WriteLine($"The options do not fit the database {options.DatabaseFile ?? "in memory"}: {e.Message}");
    return 1;
}
catch (Exception e) when (e is InvalidDataException or Microsoft.Data.Sqlite.SqliteException)
{
    Console.Error.WriteLine($"The database {options.DatabaseFile ?? "in memory"} cannot be used: {e.Message}");
    return 1;
}

void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.TrySetResult();
}

void WaitForEndOfInput()
{
    using var input = Console.OpenStandardInput();
    var buffer = new byte[256];
    while (input.Read(buffer) > 0)
    {
        // Only the end matters.
    }

    stop.TrySetResult();
}

static void Die(Exception error)
{
    Console.Error.WriteLine($"The database cannot be written, the server stops: {error.Message}");
    Environment.Exit(1);
}
