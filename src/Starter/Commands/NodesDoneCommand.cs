using Dualstack.Starter.Cli;
using Dualstack.Starter.Migrations;
using Dualstack.Workflows;
using Temporalio.Client;

namespace Dualstack.Starter.Commands;

/// <summary>Says that nodes were replaced. The signal is kept also when no worker runs, so it goes out before anything is asked.</summary>
internal sealed class NodesDoneCommand() : ReasonedCommand("done", "Says that the nodes were replaced; the migration checks it.", takesPools: true)
{
    public override IReadOnlyList<string> Examples =>
    [
        "dualstack nodes done garden-retail/shop --reason \"window of 22 Nov\"",
        "dualstack nodes done garden-retail/shop --pool workers-a --pool workers-b --reason \"first half\"",
    ];

    protected override async Task<int> ActAsync(
        CliContext context, ITemporalClient client, ShootKey key, OperatorRequest request, CancellationToken cancellationToken)
    {
        var claims = new NodeClaims(client);
        await claims.SendAsync(key, request, cancellationToken);
        var answer = await claims.AnswerAsync(key, request.RequestId, cancellationToken);
        var changed = !(answer.IsOvertaken && IsNamed(context));
        context.Output.Result(
            new { apiVersion = "dualstack.dev/v1", kind = "Claim", shoot = key, request.RequestId, recorded = true, changed, verdict = answer.Verdict },
            table => table.WriteLine($"{key}   {Line(answer, changed)}"));
        foreach (var pool in answer.Verdict?.Missing ?? [])
        {
            context.Output.Say($"  pool {pool.Pool}: {pool.Done} of {pool.Total} nodes are dual-stack");
        }

        context.Output.Say($"Next: {(answer.IsAnswered ? $"dualstack status {key} --watch" : "dotnet run --project src/Worker")}");
        return answer.Verdict?.State switch
        {
            ClaimState.Missing => ExitCode.WaitsForPerson,
            ClaimState.UnknownPool => ExitCode.Usage,
            ClaimState.TooEarly or ClaimState.CannotSee => ExitCode.StillRunning,
            _ => ExitCode.Done,
        };
    }

    private static string Line(ClaimAnswer answer, bool changed) => answer switch
    {
        { IsAnswered: false } => "recorded, will be checked when a worker runs",
        { IsOvertaken: true } when changed => "recorded; a newer claim than this one is checked",
        { IsOvertaken: true } => "unchanged; this request was recorded before",
        { Verdict: null or { State: ClaimState.Recorded } } => "recorded, is being checked",
        { Verdict.State: ClaimState.TooLate } => $"unchanged   {answer.Verdict.Sentence}",
        { Verdict: { } verdict } => $"{verdict.State}   {verdict.Sentence}",
    };
}
