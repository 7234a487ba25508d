using Google.Protobuf.WellKnownTypes;
using Temporalio.Client;

namespace Temporalio.Testing;

/// <summary>An environment whose server jumps over time in which nothing happens.</summary>
internal sealed class TimeSkippingEnvironment(TemporalClient client, ServerProcess server, AutoTimeSkipping skipping)
    : ServerEnvironment(client, server)
{
    private static readonly TimeSpan LongestCall = TimeSpan.FromDays(1);

    public override bool SupportsTimeSkipping => true;

    public override async Task DelayAsync(TimeSpan delay, CancellationToken? cancellationToken = null)
    {
        // Skipped or not, the call lasts as long as the server needs to get there.
        var patience = delay + TimeSpan.FromMinutes(1);
        await Client.Connection.TestService.UnlockTimeSkippingWithSleepAsync(
            new() { Duration = Duration.FromTimeSpan(delay) },
            new() { Timeout = patience < LongestCall ? patience : LongestCall, CancellationToken = cancellationToken });
    }

    public override async Task<DateTime> GetCurrentTimeAsync() =>
        (await Client.Connection.TestService.GetCurrentTimeAsync(new Empty())).Time.ToDateTime();

    public override Task<T> WithAutoTimeSkippingDisabledAsync<T>(Func<Task<T>> func) => skipping.WithoutAsync(func);
}
