using System.Text.Json.Nodes;
using Dualstack.Gardener.Errors;
using Dualstack.Gardener.Shoots;

namespace Dualstack.Gardener.Garden;

/// <summary>The shoots of one garden. Every method throws <see cref="GardenException"/> where the garden does not do what it is asked for.</summary>
public interface IGarden
{
    /// <summary>Reads a shoot, past every cache.</summary>
    /// <param name="key">Which one.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    /// <returns>The shoot and the garden's clock.</returns>
    /// <exception cref="GardenException">Among others <see cref="GardenErrorKind.NotFound"/>.</exception>
    Task<ShootReading> GetAsync(ShootKey key, CancellationToken cancellationToken);

    /// <summary>Lists shoots page by page; a page should be let go before the next is asked for.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="labelSelector">Which ones; null for all.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The pages; at least one.</returns>
    /// <exception cref="GardenException">Among others <see cref="GardenErrorKind.Expired"/>, if paging took too long.</exception>
    IAsyncEnumerable<ShootPage> ListAsync(ShootScope scope, string? labelSelector, CancellationToken cancellationToken);

    /// <summary>Watches shoots over one connection; ends when the server closes it in order.</summary>
    /// <param name="scope">Where.</param>
    /// <param name="labelSelector">Which ones; null for all.</param>
    /// <param name="resourceVersion">From where on.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The changes.</returns>
    /// <exception cref="GardenException">The watch broke; <see cref="GardenErrorKind.Expired"/> if the version is too old.</exception>
    IAsyncEnumerable<ShootChange> WatchAsync(ShootScope scope, string? labelSelector, string resourceVersion, CancellationToken cancellationToken);

    /// <summary>Applies a merge patch.</summary>
    /// <param name="key">To which shoot.</param>
    /// <param name="mergePatch">The patch. With <c>metadata.resourceVersion</c> in it, it only applies to that version.</param>
    /// <param name="dryRun">Whether the garden only says what it would do; admission runs all the same.</param>
    /// <param name="cancellationToken">Stops waiting; the patch may be applied all the same.</param>
    /// <returns>The shoot as it then is, or would be.</returns>
    /// <exception cref="GardenException">Among others <see cref="GardenErrorKind.Rejected"/> and <see cref="GardenErrorKind.Conflict"/>.</exception>
    Task<ShootReading> PatchAsync(ShootKey key, JsonObject mergePatch, bool dryRun, CancellationToken cancellationToken);
}
