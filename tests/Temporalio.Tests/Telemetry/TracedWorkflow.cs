using OpenTelemetry;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Temporalio.Tests.Telemetry;

[Workflow]
public sealed class TracedWorkflow
{
    private bool ended;

    internal static bool Broken { get; set; }

    [WorkflowRun]
    public async Task<string> RunAsync(string how)
    {
        switch (how)
        {
            case "again":
                throw Workflow.CreateContinueAsNewException((TracedWorkflow wf) => wf.RunAsync("baggage"));
            case "baggage":
                var inWorkflow = Baggage.GetBaggage("tenant");
                return inWorkflow + await Workflow.ExecuteActivityAsync(
                    () => TenantOfActivity(), new() { StartToCloseTimeout = TimeSpan.FromSeconds(10) });
            case "benign":
                throw new ApplicationFailureException("as expected", category: ApplicationErrorCategory.Benign);
            case "fail":
                throw new ApplicationFailureException("not as expected");
            case "bug":
                return Broken ? throw new InvalidOperationException("a bug") : "repaired";
            default:
                await Workflow.WaitConditionAsync(() => ended);
                return "ended";
        }
    }

    [WorkflowSignal]
    public Task EndAsync()
    {
        ended = true;
        return Task.CompletedTask;
    }

    [WorkflowUpdate]
    public Task PaintAsync(string color) => throw new ApplicationFailureException($"no {color} left");

    [WorkflowUpdateValidator(nameof(PaintAsync))]
    public void ValidatePaint(string color) => ArgumentException.ThrowIfNullOrEmpty(color);

    [WorkflowQuery]
    public bool Ended() => ended;

    [Activity]
    public static string TenantOfActivity() => "/" + Baggage.GetBaggage("tenant");
}
