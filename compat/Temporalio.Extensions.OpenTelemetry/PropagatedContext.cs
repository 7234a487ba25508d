using global::OpenTelemetry;
using global::OpenTelemetry.Context.Propagation;

namespace Temporalio.Extensions.OpenTelemetry;

/// <summary>Makes the context in headers current in a workflow, span and baggage, until it is disposed.</summary>
internal sealed class PropagatedContext : IDisposable
{
    private readonly Baggage outerBaggage = Baggage.Current;
    private readonly WorkflowDiagnosticActivity? attached;

    internal PropagatedContext(PropagationContext? context)
    {
        if (context is { } given)
        {
            Baggage.Current = given.Baggage;
            attached = WorkflowDiagnosticActivity.AttachFromContext(given.ActivityContext);
        }
    }

    public void Dispose()
    {
        attached?.Dispose();
        Baggage.Current = outerBaggage;
    }
}
