using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Gardenlet;
using Dualstack.GardenSimulator.Json;
using Dualstack.GardenSimulator.Store;

namespace Dualstack.GardenSimulator.Http;

/// <summary>Gets and lists shoots. Selects inside the garden's lock and renders outside it.</summary>
internal sealed class ShootReads(Garden garden)
{
    private const int KeptPages = 256;
    private readonly Dictionary<string, Page> pages = new(StringComparer.Ordinal);
    private readonly Queue<string> pageOrder = new();
    private long pageCounter;

    public Func<ApiAnswer> Get(ApiRequest request, ShootEntry entry)
    {
        var now = garden.Now;
        return () => request.WantsTable
            ? ApiAnswer.Of(200, Tables.Render(Catalog.Shoots, [entry.Parse()], Metadata(entry.Version), request.Query("includeObject"), now))
            : new ApiAnswer(200, entry.Json);
    }

    public Func<ApiAnswer> List(ApiRequest request)
    {
        var (entries, version, position) = Selected(request);
        var limit = int.TryParse(request.Query("limit"), NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given > 0 ? given : int.MaxValue;
        var items = entries.GetRange(position, Math.Min(limit, entries.Count - position));
        var metadata = Metadata(version);
        var left = entries.Count - position - items.Count;
        if (left > 0)
        {
            metadata["continue"] = Keep(new Page(entries, version, position + items.Count));
            if (request.Selector.IsEmpty)
            {
                metadata["remainingItemCount"] = left;
            }
        }

        var now = garden.Now;
        return () => request.WantsTable
            ? ApiAnswer.Of(200, Tables.Render(Catalog.Shoots, items.Select(item => item.Parse()), metadata, request.Query("includeObject"), now))
            : Join(items, metadata);
    }

    public static JsonObject Metadata(long version) => new() { ["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture) };

    private static ApiAnswer Join(List<ShootEntry> items, JsonObject metadata)
    {
        // Texts are joined as they are: parsing ten thousand of them would take seconds.
        var buffer = new ArrayBufferWriter<byte>(items.Sum(item => item.Json.Length + 1) + 200);
        buffer.Write("""{"kind":"ShootList","apiVersion":"core.gardener.cloud/v1beta1","metadata":"""u8);
        buffer.Write(metadata.ToUtf8());
        buffer.Write(""","items":["""u8);
        for (var i = 0; i < items.Count; i++)
        {
            if (i > 0)
            {
                buffer.Write(","u8);
            }

            buffer.Write(items[i].Json);
        }

        buffer.Write("]}"u8);
        return new ApiAnswer(200, buffer.WrittenMemory);
    }

    private (List<ShootEntry> Entries, long Version, int Position) Selected(ApiRequest request)
    {
        if (request.Query("continue") is { Length: > 0 } token)
        {
            return pages.TryGetValue(token, out var page) && page.Version >= garden.Shoots.OldestPage
                ? (page.Entries, page.Version, page.Position)
                : throw ApiError.Expired("The provided continue parameter is too old to display a consistent list result. You can start a new list without the continue parameter.");
        }

        if (request.Query("resourceVersionMatch") == "Exact" && request.Query("resourceVersion") != garden.Shoots.Version.ToString(CultureInfo.InvariantCulture))
        {
            throw ApiError.Expired($"The resourceVersion for the provided list is too old: {request.Query("resourceVersion")}.");
        }

        return (garden.Shoots.Query(request.Namespace, request.Selector), garden.Shoots.Version, 0);
    }

    private string Keep(Page page)
    {
        var token = Convert.ToBase64String(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"rv\":{page.Version},\"page\":{++pageCounter},\"run\":\"{garden.GetHashCode():x}\"}}")));
        pages[token] = page;
        pageOrder.Enqueue(token);
        if (pageOrder.Count > KeptPages)
        {
            pages.Remove(pageOrder.Dequeue());
        }

        return token;
    }

    private sealed record Page(List<ShootEntry> Entries, long Version, int Position);
}
