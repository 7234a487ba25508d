using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Client.Interceptors;

namespace Temporalio.Testing;

/// <summary>Lets the server skip time for as long as anybody waits for a workflow's result.</summary>
#pragma warning disable CA1001 // The semaphore never makes a wait handle, so it holds nothing to dispose of.
internal sealed class AutoTimeSkipping : IClientInterceptor
#pragma warning restore CA1001
{
    private readonly SemaphoreSlim changing = new(1, 1);
    private readonly AsyncLocal<bool> disabled = new();
    private int waiting;

    internal TestService? Service { get; set; }

    public ClientOutboundInterceptor InterceptClient(ClientOutboundInterceptor nextInterceptor) => new Outbound(this, nextInterceptor);

    internal async Task<T> WithoutAsync<T>(Func<Task<T>> func)
    {
        disabled.Value = true;
        return await func();
    }

    // The server counts locks and refuses to go below none, so several waits share one.
    private async Task ChangeAsync(int change)
    {
        await changing.WaitAsync();
        try
        {
            if (change > 0 && waiting == 0)
            {
                await Service!.UnlockTimeSkippingAsync(new());
            }
            else if (change < 0 && waiting == 1)
            {
                await Service!.LockTimeSkippingAsync(new());
            }

            waiting += change;
        }
        finally
        {
            changing.Release();
        }
    }

    private sealed class Outbound(AutoTimeSkipping skipping, ClientOutboundInterceptor next) : ClientOutboundInterceptor(next)
    {
        public override async Task<WorkflowHistoryEventPage> FetchWorkflowHistoryEventPageAsync(FetchWorkflowHistoryEventPageInput input)
        {
            var waitsForResult = input is { WaitNewEvent: true, EventFilterType: HistoryEventFilterType.CloseEvent };
            if (!waitsForResult || skipping.disabled.Value)
            {
                return await Next.FetchWorkflowHistoryEventPageAsync(input);
            }

            await skipping.ChangeAsync(+1);
            try
            {
                return await Next.FetchWorkflowHistoryEventPageAsync(input);
            }
            finally
            {
                await skipping.ChangeAsync(-1);
            }
        }
    }
}
