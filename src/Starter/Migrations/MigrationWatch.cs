using Dualstack.Starter.Output;
using Dualstack.Workflows;
using Spectre.Console;

namespace Dualstack.Starter.Migrations;

/// <summary>Shows a migration until it ends; redraws on a terminal, else appends a line per change.</summary>
internal sealed class MigrationWatch(MigrationReader reader, IOutput output, TimeProvider time)
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <param name="shoot">The shoot.</param>
    /// <param name="isEnough">Whether to stop at a view although the migration is open.</param>
    /// <param name="timeout">How long to watch; null without end.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The last view; it is open if the time ran out.</returns>
    public async Task<MigrationView> WatchAsync(
        ShootKey shoot, Func<MigrationView, bool> isEnough, TimeSpan? timeout, CancellationToken cancellationToken)
    {
        var deadline = timeout is { } limit ? time.GetUtcNow() + limit : DateTimeOffset.MaxValue;
        if (!output.CanRedraw)
        {
            string? last = null;
            return await LoopAsync(shoot, isEnough, deadline, view =>
            {
                var line = MigrationText.Line(view);
                if (line != last)
                {
                    output.Say($"{time.GetUtcNow():HH:mm:ss}  {line}");
                    last = line;
                }
            }, cancellationToken);
        }

        MigrationView? shown = null;
        await output.Human.Live(new Text("…")).AutoClear(true).StartAsync(async live =>
            shown = await LoopAsync(shoot, isEnough, deadline, view => live.UpdateTarget(new Text(Block(view))), cancellationToken));
        return shown!;
    }

    private string Block(MigrationView view)
    {
        using var text = new StringWriter();
        MigrationText.Write(text, view, time.GetUtcNow());
        return text.ToString();
    }

    private async Task<MigrationView> LoopAsync(
        ShootKey shoot, Func<MigrationView, bool> isEnough, DateTimeOffset deadline, Action<MigrationView> show, CancellationToken cancellationToken)
    {
        while (true)
        {
            var view = await reader.ReadAsync(shoot, cancellationToken);
            show(view);
            if (!view.IsOpen() || isEnough(view) || time.GetUtcNow() >= deadline)
            {
                return view;
            }

            await Task.Delay(Pace, time, cancellationToken);
        }
    }
}
