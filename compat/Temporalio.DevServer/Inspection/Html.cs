using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;

namespace Temporalio.DevServer.Inspection;

/// <summary>Markup that is safe by construction: whatever is interpolated into it is encoded, unless it is markup itself.</summary>
internal readonly struct Html
{
    private readonly string? markup;

    private Html(string markup) => this.markup = markup;

    public static Html Empty => default;

    public static Html Of(ref Builder builder) => new(builder.ToString());

    /// <summary>Only for markup that a trusted renderer produced.</summary>
    public static Html Trusted(string markup) => new(markup);

    public static Html Join(IEnumerable<Html> parts) => new(string.Concat(parts.Select(part => part.markup)));

    public override string ToString() => markup ?? string.Empty;

    [InterpolatedStringHandler]
    public ref struct Builder
    {
        private readonly StringBuilder text;

        public Builder(int literalLength, int formattedCount) => text = new StringBuilder(literalLength + (formattedCount * 16));

        public readonly void AppendLiteral(string value) => text.Append(value);

        public readonly void AppendFormatted(Html value) => text.Append(value.markup);

        public readonly void AppendFormatted(string? value) => text.Append(HtmlEncoder.Default.Encode(value ?? string.Empty));

        public readonly void AppendFormatted<T>(T value) =>
            AppendFormatted(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{value}"));

        public override readonly string ToString() => text.ToString();
    }
}
