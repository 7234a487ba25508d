namespace Temporalio.Worker.Engine;

internal static class HandlerDictionary
{
    internal static void RequireName(string key, string? name, string kind)
    {
        if (name == null)
        {
            throw new ArgumentException($"A dynamic {kind} handler cannot be set by name: use Workflow.Dynamic{kind}");
        }

        if (name != key)
        {
            throw new ArgumentException($"The {kind} handler is named {name}, but was set as {key}");
        }
    }
}
