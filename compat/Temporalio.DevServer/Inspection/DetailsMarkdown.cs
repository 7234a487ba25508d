using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Temporalio.DevServer.Inspection;

/// <summary>Markdown that strangers wrote: no markup of their own, no pictures from elsewhere, links to the web alone.</summary>
internal static class DetailsMarkdown
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().Build();

    public static Html Of(string text)
    {
        var document = Markdown.Parse(text, Pipeline);
        foreach (var link in document.Descendants<LinkInline>().ToList())
        {
            link.IsImage = false;
            if (!IsWeb(link.Url))
            {
                link.Url = "#";
            }
        }

        foreach (var link in document.Descendants<AutolinkInline>().ToList())
        {
            if (!link.IsEmail && !IsWeb(link.Url))
            {
                link.ReplaceBy(new LiteralInline(link.Url));
            }
        }

        return Html.Trusted(document.ToHtml(Pipeline));
    }

    private static bool IsWeb(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https";
}
