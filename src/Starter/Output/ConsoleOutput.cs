using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace Dualstack.Starter.Output;

internal sealed class ConsoleOutput : IOutput
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
    };

    private readonly ColourMode colours;

    public ConsoleOutput(OutputFormat format, ColourMode colours)
    {
        Format = format;
        this.colours = colours;
        Human = Renderer(Console.Error, Console.IsErrorRedirected);
    }

    public OutputFormat Format { get; }

    public IAnsiConsole Human { get; }

    public bool CanRedraw => !Console.IsErrorRedirected && Human.Profile.Capabilities.Ansi;

    public void Result(object value, Action<TextWriter> table)
    {
        if (Format == OutputFormat.Json)
        {
            Console.Out.WriteLine(JsonSerializer.Serialize(value, Json));
        }
        else
        {
            table(Console.Out);
        }
    }

    public IAnsiConsole Table(TextWriter writer) => Renderer(writer, Console.IsOutputRedirected);

    public string Paint(string colour, string text)
    {
        using var painted = new StringWriter();
        var renderer = Table(painted);
        if (renderer.Profile.Capabilities.ColorSystem == ColorSystem.NoColors)
        {
            return text;
        }

        renderer.Profile.Width = int.MaxValue;
        renderer.Write(new Text(text, Style.Parse(colour)));
        return painted.ToString();
    }

    public void Say(string text) => Console.Error.WriteLine(text);

    public void Warn(string text) => Coloured("yellow", $"Warning: {text}");

    public void Fail(string text) => Coloured("red", $"Error: {text}");

    private IAnsiConsole Renderer(TextWriter writer, bool redirected)
    {
        var coloured = colours switch
        {
            ColourMode.Always => true,
            ColourMode.Never => false,
            _ => !redirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR")),
        };
        return AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = colours == ColourMode.Always ? AnsiSupport.Yes : redirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = !coloured ? ColorSystemSupport.NoColors : redirected ? ColorSystemSupport.Standard : ColorSystemSupport.Detect,
            Interactive = InteractionSupport.No,
        });
    }

    // Written past the renderer, which would break long lines where there is no terminal.
    private void Coloured(string colour, string text)
    {
        if (Human.Profile.Capabilities.ColorSystem == ColorSystem.NoColors)
        {
            Console.Error.WriteLine(text);
        }
        else
        {
            Human.MarkupLineInterpolated($"[{colour}]{text}[/]");
        }
    }
}
