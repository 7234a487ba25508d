using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace Dualstack.Conformance.Workflows;

[Workflow("ledger")]
public class LedgerWorkflow
{
    private int total;
    private bool closed;

    /// <summary>Here and not in the run method, since an update that comes with the start is handled before that.</summary>
    [WorkflowInit]
    public LedgerWorkflow(int start) => total = start;

    [WorkflowRun]
    public async Task<int> RunAsync(int start)
    {
        await Workflow.WaitConditionAsync(() => closed && Workflow.AllHandlersFinished);
        return total;
    }

    [WorkflowSignal("add")]
    public Task AddAsync(int amount)
    {
        total += amount;
        return Task.CompletedTask;
    }

    [WorkflowSignal("close")]
    public Task CloseAsync()
    {
        closed = true;
        return Task.CompletedTask;
    }

    [WorkflowQuery("total")]
    public int Total() => total;

    [WorkflowQuery("brokenQuery")]
    public int BrokenQuery() => throw new ApplicationFailureException("no answer");

    [WorkflowUpdate("addAndGet")]
    public async Task<int> AddAndGetAsync(int amount)
    {
        if (amount == 13)
        {
            throw new ApplicationFailureException("unlucky", "Unlucky", nonRetryable: true, details: [new Unlucky(13)]);
        }

        if (amount > 50)
        {
            await Workflow.DelayAsync(20);
        }

        total += amount;
        return total;
    }

    [WorkflowUpdateValidator(nameof(AddAndGetAsync))]
    public void ValidateAddAndGet(int amount)
    {
        if (amount < 0)
        {
            throw new ApplicationFailureException("negative");
        }
    }
}
