using System.CommandLine;
using Dualstack.Gardener.Shoots;

namespace Dualstack.Starter.Cli;

/// <summary>The argument that names a shoot.</summary>
internal static class ShootArgument
{
    public static Argument<ShootKey> Create() => new("namespace/shoot")
    {
        Description = "the shoot, for example garden-retail/shop",
        CustomParser = result =>
        {
            try
            {
                return ShootKey.Parse(result.Tokens[0].Value);
            }
            catch (ArgumentException e)
            {
                result.AddError(e.Message.Split(" (Parameter", 2)[0]);
                return default;
            }
        },
    };
}
