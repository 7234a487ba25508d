namespace Dualstack.Gardener.Access;

/// <summary>Whether a credential plugin talks with the user.</summary>
internal enum PluginInteraction
{
    Never,
    IfAvailable,
    Always,
}
