using System.Globalization;
using Dualstack.Conformance;

// Usage: Polyglot worker ADDRESS QUEUE [CACHED WORKFLOWS]: serves the twins until standard input ends.
//        Polyglot client ADDRESS QUEUE: uses the twins that another worker serves there.
//        Polyglot exhibit ADDRESS QUEUE: serves workflows to look at until standard input ends.
//        Polyglot replay FOLDER: replays every history (NAME@WORKFLOW ID.json) of a folder.
return args switch
{
    ["worker", var address, var queue] => await TwinWorker.RunAsync(address, queue, cached: 100),
    ["worker", var address, var queue, var cached] =>
        await TwinWorker.RunAsync(address, queue, int.Parse(cached, CultureInfo.InvariantCulture)),
    ["client", var address, var queue] => await Scenarios.RunAsync(address, queue),
    ["exhibit", var address, var queue] => await Exhibition.RunAsync(address, queue),
    ["replay", var folder] => await Replays.RunAsync(folder),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Say what to do: worker ADDRESS QUEUE [CACHED], client ADDRESS QUEUE, exhibit ADDRESS QUEUE, or replay FOLDER.");
    return 2;
}
