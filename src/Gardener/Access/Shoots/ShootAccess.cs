using Dualstack.Gardener.Shoots;
using k8s;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Dualstack.Gardener.Access;

/// <summary>
/// Clients of shoots' own APIs with a viewer's rights. Credentials come from the garden on the first request, are kept
/// until shortly before they expire, and are asked for anew if the shoot refuses them or shows another certificate authority.
/// </summary>
/// <param name="garden">The garden.</param>
/// <param name="options">How to ask.</param>
/// <param name="logger">Gets told of new credentials, never of the credentials.</param>
public sealed class ShootAccess(IKubernetes garden, ShootAccessOptions options, ILogger<ShootAccess>? logger = null) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<ShootKey, Entry> entries = [];
    private readonly ILogger log = logger ?? NullLogger<ShootAccess>.Instance;

    /// <summary>Gives the client of a shoot's API. Sends nothing yet.</summary>
    /// <param name="key">Which shoot.</param>
    /// <param name="uid">Its uid: a shoot deleted and created again is another one.</param>
    /// <returns>The client, to be shared and not disposed. Its requests throw <see cref="GardenAccessException"/> if there is no way in.</returns>
    public IKubernetes Connect(ShootKey key, string uid)
    {
        lock (gate)
        {
            LetIdleOnesGo(key);
            if (entries.TryGetValue(key, out var entry))
            {
                if (entry.Uid == uid)
                {
                    entry.Handler.Touch();
                    return entry.Client;
                }

                entry.Client.Dispose();
            }

            return (entries[key] = Create(key, uid)).Client;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (gate)
        {
            foreach (var entry in entries.Values)
            {
                entry.Client.Dispose();
            }

            entries.Clear();
        }
    }

    private Entry Create(ShootKey key, string uid)
    {
        var connection = new GardenConnectionOptions
        {
            RequestsPerSecond = 0,
            ReadRetries = options.ReadRetries,
            RequestTimeout = options.RequestTimeout,
            ConnectTimeout = options.ConnectTimeout,
            TimeProvider = options.TimeProvider,
        };
        var handler = new ShootHandler(new ViewerCredentials(garden, key, options, log), options);
        return new Entry(
            uid,
            handler,
            new Kubernetes(
                GardenConnection.Configuration(ShootHandler.Placeholder, connection),
                new ResilienceHandler(connection, new ServerClock(options.TimeProvider)),
                handler));
    }

    private void LetIdleOnesGo(ShootKey wanted)
    {
        var before = options.TimeProvider.GetUtcNow() - options.IdleTime;
        foreach (var (key, entry) in entries.Where(pair => pair.Key != wanted && pair.Value.Handler.LastUsed < before).ToArray())
        {
            entries.Remove(key);
            entry.Client.Dispose();
        }
    }

    private sealed record Entry(string Uid, ShootHandler Handler, Kubernetes Client);
}
