using System.Net;

namespace k8s;

/// <summary>The body of a watch: lines, of which the first is read before the call returns.</summary>
internal sealed class WatchContent : HttpContent
{
    private readonly HttpContent original;
    private readonly StreamReader reader;
    private string firstLine;

    private WatchContent(HttpContent original, StreamReader reader, string firstLine)
    {
        this.original = original;
        this.reader = reader;
        this.firstLine = firstLine;
        foreach (var (name, values) in original.Headers)
        {
            Headers.TryAddWithoutValidation(name, values);
        }
    }

    /// <summary>Replaces the response's content; returns the first line.</summary>
    public static async Task<string> AttachAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var reader = new StreamReader(await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false));
        var line = await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false)
            ?? throw new HttpRequestException("The watch ended before its first event.", new EndOfStreamException());
        response.Content = new WatchContent(response.Content, reader, line);
        return line;
    }

    public async Task<string> ReadLineAsync(CancellationToken cancellationToken) =>
        Interlocked.Exchange(ref firstLine, null) ?? await reader.ReadLineAsync(cancellationToken).ConfigureAwait(false);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext context) =>
        throw new NotSupportedException("A watch's body is read line by line, through the WatchList… methods.");

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            reader.Dispose();
            original.Dispose();
        }

        base.Dispose(disposing);
    }
}
