using Dualstack.Gardener.Access;
using Dualstack.Worker.Configuration;
using Dualstack.Worker.Health;
using Dualstack.Worker.Running;

namespace Dualstack.Worker;

/// <summary>The worker as a process.</summary>
internal static class WorkerProgram
{
    private const int Error = 1;
    private const int Usage = 2;

    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        try
        {
            var arguments = WorkerArguments.Parse(args);
            switch (arguments.Command)
            {
                case WorkerCommand.Help:
                    await output.WriteLineAsync(WorkerArguments.Usage);
                    return 0;
                case WorkerCommand.Version:
                    await output.WriteLineAsync($"dualstack worker {ProductVersions.Product}, Temporal SDK {ProductVersions.TemporalSdk}");
                    return 0;
                case WorkerCommand.HealthCheck:
                    return await HealthCheck.RunAsync(WorkerHost.ReadSettings(arguments).Health, output, error);
                default:
                    await using (var app = WorkerHost.Build(args))
                    {
                        var state = app.Services.GetRequiredService<WorkerState>();
                        await using var following = DotnetRun.Ended.Register(app.Lifetime.StopApplication);
                        await app.RunAsync();
                        return state.HasFailed ? Error : 0;
                    }
            }
        }
        catch (ConfigurationException e)
        {
            await error.WriteLineAsync(e.Message);
            return Usage;
        }
        catch (GardenAccessException e)
        {
            await error.WriteLineAsync(e.Message);
            return Error;
        }
        catch (IOException e) when (e.Message.Contains("address already in use", StringComparison.OrdinalIgnoreCase))
        {
            await error.WriteLineAsync($"{e.Message.TrimEnd('.')}; another worker may run here. Choose another port with --health-port, or 0 for any.");
            return Error;
        }
    }
}
