namespace Dualstack.Gardener.Access;

/// <summary>One kubeconfig, or several merged by kubectl's rules: the first file that has a name has it wholly.</summary>
public sealed class Kubeconfig
{
    private readonly Dictionary<string, KubeconfigEntry> contexts;
    private readonly Dictionary<string, KubeconfigEntry> clusters;
    private readonly Dictionary<string, KubeconfigEntry> users;
    private readonly string origin;

    internal Kubeconfig(string origin, IReadOnlyList<KubeconfigFile> files)
    {
        this.origin = origin;
        CurrentContext = files.Select(file => file.CurrentContext).FirstOrDefault(name => !string.IsNullOrEmpty(name));
        contexts = Merge(files, file => file.Contexts);
        clusters = Merge(files, file => file.Clusters);
        users = Merge(files, file => file.Users);
        ContextNames = [.. files.SelectMany(file => file.Contexts).Select(entry => entry.Name).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>The context that counts if none is named; null if there is none.</summary>
    public string? CurrentContext { get; }

    /// <summary>The contexts, in the order of the files.</summary>
    public IReadOnlyList<string> ContextNames { get; }

    /// <summary>Where it came from, for messages.</summary>
    /// <returns>File names, or another description.</returns>
    public override string ToString() => origin;

    internal KubeconfigContext Resolve(string? contextName)
    {
        var name = contextName ?? CurrentContext;
        if (string.IsNullOrEmpty(name))
        {
            throw new GardenAccessException(
                GardenAccessProblem.UnknownContext, $"{origin} has no current-context; name one of its contexts: {Names(ContextNames)}.");
        }

        if (!contexts.TryGetValue(name, out var entry))
        {
            throw new GardenAccessException(
                GardenAccessProblem.UnknownContext, $"{origin} has no context \"{name}\"; it has: {Names(ContextNames)}.");
        }

        var reader = new KubeconfigReader(origin);
        var (cluster, user, space) = KubeconfigReader.Context(entry);
        return new KubeconfigContext(
            name,
            space,
            reader.Cluster(Referred(clusters, cluster, name, "cluster")),
            string.IsNullOrEmpty(user) ? null : reader.User(Referred(users, user, name, "user")));
    }

    private static string Names(IReadOnlyCollection<string> names) => names.Count == 0 ? "none at all" : string.Join(", ", names);

    private static Dictionary<string, KubeconfigEntry> Merge(
        IEnumerable<KubeconfigFile> files, Func<KubeconfigFile, IEnumerable<KubeconfigEntry>> entries)
    {
        var merged = new Dictionary<string, KubeconfigEntry>(StringComparer.Ordinal);
        foreach (var entry in files.SelectMany(entries))
        {
            merged.TryAdd(entry.Name, entry);
        }

        return merged;
    }

    private KubeconfigEntry Referred(Dictionary<string, KubeconfigEntry> entries, string? name, string context, string what) =>
        name is not null && entries.TryGetValue(name, out var entry)
            ? entry
            : throw new GardenAccessException(
                GardenAccessProblem.InvalidKubeconfig, $"Context \"{context}\" of {origin} refers to {what} \"{name}\", which is not there.");
}
