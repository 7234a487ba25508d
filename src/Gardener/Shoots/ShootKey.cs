using System.Text.RegularExpressions;

namespace Dualstack.Gardener.Shoots;

/// <summary>Names a shoot within one garden: the project's namespace and the shoot's name.</summary>
public readonly partial record struct ShootKey
{
    /// <summary>Creates a key from names that Kubernetes would accept.</summary>
    /// <param name="projectNamespace">The project's namespace, usually <c>garden-</c> and the project's name.</param>
    /// <param name="name">The shoot's name.</param>
    /// <exception cref="ArgumentException">A part is not a Kubernetes name; it could not be put into a request path safely.</exception>
    public ShootKey(string projectNamespace, string name)
    {
        Namespace = Checked(projectNamespace, "namespace");
        Name = Checked(name, "shoot name");
    }

    /// <summary>The project's namespace in the garden.</summary>
    public string Namespace { get; }

    /// <summary>The shoot's name.</summary>
    public string Name { get; }

    /// <summary>Reads <c>namespace/name</c>.</summary>
    /// <param name="text">The text to read.</param>
    /// <returns>The key.</returns>
    /// <exception cref="ArgumentException">The text is not <c>namespace/name</c>.</exception>
    public static ShootKey Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Split('/') is [var projectNamespace, var name]
            ? new ShootKey(projectNamespace, name)
            : throw new ArgumentException($"\"{text}\" does not name a shoot; write it as <namespace>/<shoot>, for example garden-retail/shop.", nameof(text));
    }

    /// <summary>Gives <c>namespace/name</c>.</summary>
    /// <returns>The text that <see cref="Parse"/> reads.</returns>
    public override string ToString() => $"{Namespace}/{Name}";

    private static string Checked(string part, string what) =>
        part is { Length: > 0 and <= 63 } && DnsLabel().IsMatch(part)
            ? part
            : throw new ArgumentException($"\"{part}\" is not a {what}: it must consist of lower-case letters, digits and inner dashes.");

    [GeneratedRegex("^[a-z0-9]([a-z0-9-]*[a-z0-9])?$", RegexOptions.CultureInvariant)]
    private static partial Regex DnsLabel();
}
