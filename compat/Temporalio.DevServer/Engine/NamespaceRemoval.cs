using Temporalio.DevServer.Storage;

namespace Temporalio.DevServer.Engine;

/// <summary>Deletes a namespace with everything in it. It is closed to callers at once; the returned task completes when it is gone from disk.</summary>
internal static class NamespaceRemoval
{
    public static Task RemoveAsync(EngineCore engine, string name)
    {
        engine.Namespaces.Close(name);
        engine.Directory.Forget(name);
        engine.Queues.Forget(name);
        List<long> runs = [];
        return engine.Writer.Write(new WriteSet
        {
            RunKey = 0,
            Other = session => runs = NamespaceDeletion.Apply(session, name),
            Committed = () =>
            {
                foreach (var key in runs)
                {
                    engine.Timers.Set(key, null, static () => { });
                    engine.Skipper.SetBusy(key, 0);
                }

                engine.SearchAttributes.Forget(name);
                engine.Namespaces.Forget(name);
                engine.Skipper.Evaluate();
            },
        });
    }
}
