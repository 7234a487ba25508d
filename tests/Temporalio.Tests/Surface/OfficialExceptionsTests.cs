using System.Globalization;
using Dualstack.Temporalio.Tests.Worker;
using Temporalio.Client;

namespace Dualstack.Temporalio.Tests.Surface;

/// <summary>
/// What the official package does not take and how it says so: the same call throws the same type here, with a message that names the same
/// thing. Where the stand-in lacks what the official package has, it throws <see cref="NotSupportedException"/>.
/// </summary>
[Collection(WorkerCollection.Name)]
public sealed class OfficialExceptionsTests(ServerFixture server)
{
    [Fact]
    public Task Client_ThrowsAsOfficially() => AllAsync(RefusedByClient.Calls(server.Client));

    [Fact]
    public Task Worker_ThrowsAsOfficially() => AllAsync(RefusedByWorker.Calls(server.Client));

    [Fact]
    public Task Definitions_ThrowAsOfficially() => AllAsync(RefusedDefinitions.Calls());

    [Fact]
    public Task Workflow_ThrowsAsOfficially() => server.WithWorkerAsync(
        options => options.AddWorkflow<RefusedInWorkflow>(),
        async scope =>
        {
            var wrong = await scope.Client.ExecuteWorkflowAsync((RefusedInWorkflow wf) => wf.RunAsync(), scope.Options());
            Assert.True(wrong.Length == 0, wrong);
        });

    private static async Task AllAsync(IEnumerable<RefusedCall> calls)
    {
        var wrong = await WrongAsync(calls);
        Assert.True(wrong.Length == 0, wrong);
    }

    internal static async Task<string> WrongAsync(IEnumerable<RefusedCall> calls)
    {
        var wrong = new List<string>();
        foreach (var refused in calls)
        {
            try
            {
                await refused.Call();
                wrong.Add($"{refused.Name}: nothing was thrown");
            }
            catch (Exception e)
            {
                if (e.GetType() != refused.Exception || !e.Message.Contains(refused.Message, StringComparison.OrdinalIgnoreCase))
                {
                    wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{refused.Name}: {e.GetType().Name}: {e.Message}"));
                }
            }
        }

        return string.Join('\n', wrong);
    }
}
