using Temporalio.Activities;
using Temporalio.Exceptions;

namespace Temporalio.Worker.Hosting;

/// <summary>The activities of a worker by name.</summary>
internal sealed class ActivityRegistry
{
    private readonly Dictionary<string, ActivityDefinition> named = [];
    private readonly ActivityDefinition? dynamic;

    internal ActivityRegistry(IEnumerable<ActivityDefinition> definitions)
    {
        foreach (var definition in definitions)
        {
            if (definition.Name is not { } name)
            {
                dynamic = dynamic == null ? definition : throw new ArgumentException("More than one dynamic activity is registered");
            }
            else if (!named.TryAdd(name, definition))
            {
                throw new ArgumentException($"Activity {name} is registered more than once");
            }
        }
    }

    internal bool HasDynamic => dynamic != null;

    internal IReadOnlySet<string> Names => named.Keys.ToHashSet();

    internal ActivityDefinition Find(string name) => named.GetValueOrDefault(name) ?? dynamic
        ?? throw new ApplicationFailureException(
            $"Activity {name} is not registered on this worker, available activities: {string.Join(", ", named.Keys.Order())}",
            errorType: "NotFoundError");
}
