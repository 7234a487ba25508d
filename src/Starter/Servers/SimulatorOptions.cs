using System.CommandLine;
using System.Globalization;

namespace Dualstack.Starter.Servers;

/// <summary>Options of the simulated garden.</summary>
internal static class SimulatorOptions
{
    public static Option<double> Speed(double standard)
    {
        var option = new Option<double>("--speed")
        {
            Description = "by what simulated durations are divided",
            DefaultValueFactory = _ => standard,
            HelpName = "factor",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token]
                && double.TryParse(token.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var speed)
                && (speed <= 0 || !double.IsFinite(speed)))
            {
                result.AddError("Option '--speed' must be above 0: 60 makes a minute last a second.");
            }
        });
        return option;
    }

    public static Option<string?> GardenerVersion()
    {
        var option = new Option<string?>("--gardener-version")
        {
            Description = "the Gardener version to simulate, such as v1.149.3",
            HelpName = "version",
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !(Version.TryParse(token.Value.TrimStart('v').Split('-')[0], out var version) && version.Build >= 0))
            {
                result.AddError($"\"{token.Value}\" is no Gardener version; write for example v1.149.3.");
            }
        });
        return option;
    }
}
