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

    public ConsoleOutput(OutputFormat format)
    {
        Format = format;
        var colours = !Console.IsErrorRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        Human = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(Console.Error),
            Ansi = Console.IsErrorRedirected ? AnsiSupport.No : AnsiSupport.Detect,
            ColorSystem = colours ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
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

    public void Say(string text) => Console.Error.WriteLine(text);

    public void Warn(string text) => Coloured("yellow", $"Warning: {text}");

    public void Fail(string text) => Coloured("red", $"Error: {text}");

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
