using System.Globalization;
using System.Net;
using Temporalio.DevServer.Visibility;

namespace Temporalio.DevServer.Hosting;

/// <summary>The command line. Two forms: "server start-dev ..." and, for a clock that can skip, just a port.</summary>
internal sealed class ServerOptions
{
    public const string Usage = """
        usage: Temporalio.DevServer server start-dev [--port N] [--ip ADDRESS] [--namespace NAME]... [--db-filename FILE]
                 [--ui-port N | --headless] [--search-attribute NAME=TYPE]... [--dynamic-config-value KEY=VALUE]...
                 [--retention DAYS] [--sqlite-pragma NAME=VALUE]... [--log-level LEVEL] [--log-format FORMAT]
               Temporalio.DevServer PORT [--enable-time-skipping]
        """;

    private const int UiPortDistance = 1000;
    private bool headless;

    public IPAddress Address { get; private set; } = IPAddress.Loopback;

    public int Port { get; private set; } = 7233;

    /// <summary>Where the inspection page is served, or null for nowhere.</summary>
    public int? UiPort { get; private set; }

    public string? DatabaseFile { get; private set; }

    public bool CanSkipTime { get; private set; }

    public bool SkipsAtOnce { get; private set; }

    /// <summary>For how long closed workflows of new namespaces are kept.</summary>
    public TimeSpan Retention { get; private set; } = TimeSpan.FromDays(30);

    /// <summary>Whether the retention was asked for, not assumed.</summary>
    public bool RetentionGiven { get; private set; }

    /// <summary>Whether the log tells how the database answers each list.</summary>
    public bool ExplainsLists { get; private set; }

    public bool ExitOnStdinEof { get; private set; }

    public bool Quiet { get; private set; }

    public List<string> Namespaces { get; } = ["default"];

    public Dictionary<string, Api.Enums.V1.IndexedValueType> SearchAttributes { get; } = [];

    public Dictionary<string, string> Pragmas { get; } = [];

    public ServerLimits Limits { get; } = new();

    /// <exception cref="ArgumentException">The command line makes no sense; the message says why.</exception>
    public static ServerOptions Parse(IReadOnlyList<string> arguments, Func<string, string?> environment)
    {
        var options = new ServerOptions
        {
            ExitOnStdinEof = environment("TEMPORAL_DEVSERVER_EXIT_ON_STDIN_EOF") == "1",
        };
        var index = 0;
        if (arguments.Count > 0 && int.TryParse(arguments[0], NumberStyles.None, CultureInfo.InvariantCulture, out var port))
        {
            options.Port = port;
            options.CanSkipTime = true;
            index = 1;
        }
        else if (arguments is ["server", "start-dev", ..])
        {
            index = 2;
        }
        else
        {
            throw new ArgumentException("The first arguments must be \"server start-dev\" or a port.");
        }

        for (; index < arguments.Count; index++)
        {
            options.Take(arguments, ref index);
        }

        options.UiPort = options.headless ? null : options.UiPort ?? (options.CanSkipTime ? null : Math.Min(options.Port + UiPortDistance, ushort.MaxValue));
        return options;
    }

    private void Take(IReadOnlyList<string> arguments, ref int index)
    {
        var flag = arguments[index];
        string? attached = null;
        if (flag.StartsWith("--", StringComparison.Ordinal) && flag.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
        {
            (flag, attached) = (flag[..at], flag[(at + 1)..]);
        }

        switch (flag)
        {
            case "--headless":
                headless = true;
                return;
            case "--enable-time-skipping":
                CanSkipTime = SkipsAtOnce = true;
                return;
        }

        var value = attached ?? (index + 1 < arguments.Count ? arguments[++index] : throw new ArgumentException($"{flag} needs a value."));
        switch (flag)
        {
            case "--port" or "-p":
                Port = Number(flag, value);
                break;
            case "--ui-port":
                UiPort = Number(flag, value);
                break;
            case "--ip":
                Address = IPAddress.TryParse(value, out var address) && IPAddress.IsLoopback(address)
                    ? address
                    : throw new ArgumentException($"--ip must be a loopback address such as 127.0.0.1: this server has no protection against strangers. It is {value}.");
                break;
            case "--namespace" or "-n":
                if (!Namespaces.Contains(value))
                {
                    Namespaces.Add(value);
                }

                break;
            case "--db-filename" or "-f":
                DatabaseFile = Path.GetFullPath(value);
                break;
            case "--search-attribute":
                var (name, type) = Pair(flag, value);
                SearchAttributes[name] = SearchValues.ParseType(type) is not Api.Enums.V1.IndexedValueType.Unspecified and var known
                    ? known
                    : throw new ArgumentException($"--search-attribute {value}: the type must be Text, Keyword, Int, Double, Bool, Datetime or KeywordList.");
                break;
            case "--dynamic-config-value":
                var (key, setting) = Pair(flag, value);
                Limits.Set(key, setting);
                break;
            case "--sqlite-pragma":
                var (pragma, pragmaValue) = Pair(flag, value);
                Pragmas[pragma] = pragmaValue;
                break;
            case "--retention":
                RetentionGiven = true;
                Retention = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days is > 0 and <= 3650
                    ? TimeSpan.FromDays(days)
                    : throw new ArgumentException($"--retention needs a number of days from 1 to 3650, not \"{value}\".");
                break;
            case "--log-level":
                Quiet = value is "never" or "error" or "warn";
                ExplainsLists = value is "debug";
                break;
            case "--log-format" or "--log-config" or "--ui-ip" or "--ui-public-path" or "--ui-asset-path" or "--ui-codec-endpoint" or "--http-port" or "--metrics-port":
                break;
            default:
                throw new ArgumentException($"Unknown option {flag}.");
        }
    }

    private static int Number(string flag, string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= ushort.MaxValue
            ? number
            : throw new ArgumentException($"{flag} needs a port number, not \"{value}\".");

    private static (string Name, string Value) Pair(string flag, string text)
    {
        var at = text.IndexOf('=', StringComparison.Ordinal);
        return at > 0 ? (text[..at], text[(at + 1)..]) : throw new ArgumentException($"{flag} needs NAME=VALUE, not \"{text}\".");
    }
}
