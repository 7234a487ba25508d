using k8s.Exceptions;
using k8s.KubeConfigModels;
using YamlDotNet.Core;
using YamlDotNet.Serialization;

namespace k8s;

public partial class KubernetesClientConfiguration
{
    private const string KubeConfigVariable = "KUBECONFIG";

    public static readonly string KubeConfigDefaultLocation =
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config");

    public string CurrentContext { get; private set; }

    public static KubernetesClientConfiguration BuildDefaultConfig()
    {
        if (Environment.GetEnvironmentVariable(KubeConfigVariable) is { } list)
        {
            var files = list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(f => new FileInfo(f)).ToArray();
            return BuildConfigFromConfigObject(Load(files, useRelativePaths: true));
        }

        if (File.Exists(KubeConfigDefaultLocation))
        {
            return BuildConfigFromConfigFile(KubeConfigDefaultLocation);
        }

        return IsInCluster() ? InClusterConfig() : new KubernetesClientConfiguration { Host = "http://localhost:8080" };
    }

    public static KubernetesClientConfiguration BuildConfigFromConfigFile(
        string kubeconfigPath = null, string currentContext = null, string masterUrl = null, bool useRelativePaths = true) =>
        BuildConfigFromConfigFile(new FileInfo(kubeconfigPath ?? KubeConfigDefaultLocation), currentContext, masterUrl, useRelativePaths);

    public static KubernetesClientConfiguration BuildConfigFromConfigFile(
        FileInfo kubeconfig, string currentContext = null, string masterUrl = null, bool useRelativePaths = true) =>
        BuildConfigFromConfigObject(LoadKubeConfig(kubeconfig, useRelativePaths), currentContext, masterUrl);

    public static async Task<KubernetesClientConfiguration> BuildConfigFromConfigFileAsync(
        FileInfo kubeconfig, string currentContext = null, string masterUrl = null, bool useRelativePaths = true) =>
        BuildConfigFromConfigObject(await LoadKubeConfigAsync(kubeconfig, useRelativePaths).ConfigureAwait(false), currentContext, masterUrl);

    public static KubernetesClientConfiguration BuildConfigFromConfigFile(Stream kubeconfig, string currentContext = null, string masterUrl = null) =>
        BuildConfigFromConfigObject(LoadKubeConfig(kubeconfig), currentContext, masterUrl);

    public static async Task<KubernetesClientConfiguration> BuildConfigFromConfigFileAsync(
        Stream kubeconfig, string currentContext = null, string masterUrl = null) =>
        BuildConfigFromConfigObject(await LoadKubeConfigAsync(kubeconfig).ConfigureAwait(false), currentContext, masterUrl);

    public static KubernetesClientConfiguration BuildConfigFromConfigObject(
        K8SConfiguration k8SConfig, string currentContext = null, string masterUrl = null) =>
        KubeConfigReader.Build(
            k8SConfig ?? throw new ArgumentNullException(nameof(k8SConfig)),
            masterUrl,
            currentContext ?? k8SConfig.CurrentContext,
            (configuration, name) => configuration.CurrentContext = name);

    public static K8SConfiguration LoadKubeConfig(string kubeconfigPath = null, bool useRelativePaths = true) =>
        LoadKubeConfig(new FileInfo(kubeconfigPath ?? KubeConfigDefaultLocation), useRelativePaths);

    public static K8SConfiguration LoadKubeConfig(FileInfo kubeconfig, bool useRelativePaths = true) => Load([kubeconfig], useRelativePaths);

    public static K8SConfiguration LoadKubeConfig(Stream kubeconfigStream)
    {
        Rewind(kubeconfigStream);
        using var reader = new StreamReader(kubeconfigStream, leaveOpen: true);
        return Parse(reader.ReadToEnd(), "the kubeconfig stream");
    }

    public static Task<K8SConfiguration> LoadKubeConfigAsync(string kubeconfigPath = null, bool useRelativePaths = true) =>
        LoadKubeConfigAsync(new FileInfo(kubeconfigPath ?? KubeConfigDefaultLocation), useRelativePaths);

    public static Task<K8SConfiguration> LoadKubeConfigAsync(FileInfo kubeconfig, bool useRelativePaths = true) =>
        Task.FromResult(LoadKubeConfig(kubeconfig, useRelativePaths));

    public static async Task<K8SConfiguration> LoadKubeConfigAsync(Stream kubeconfigStream)
    {
        Rewind(kubeconfigStream);
        using var reader = new StreamReader(kubeconfigStream, leaveOpen: true);
        return Parse(await reader.ReadToEndAsync().ConfigureAwait(false), "the kubeconfig stream");
    }

    private static K8SConfiguration Load(FileInfo[] files, bool useRelativePaths)
    {
        if (files.Length == 0)
        {
            throw new KubeConfigException($"{KubeConfigVariable} is set and names no file.");
        }

        var parsed = files.Select(file =>
        {
            file.Refresh();
            return file.Exists
                ? Parse(File.ReadAllText(file.FullName), file.FullName)
                : throw new KubeConfigException($"kubeconfig file not found at {file.FullName}");
        }).ToArray();
        var merged = parsed.Aggregate(KubeConfigReader.Merge);
        merged.FileName = useRelativePaths ? files[0].FullName : null;
        return merged;
    }

    private static K8SConfiguration Parse(string yaml, string source)
    {
        try
        {
            var deserializer = new DeserializerBuilder().IgnoreUnmatchedProperties().Build();
            return deserializer.Deserialize<K8SConfiguration>(yaml) ?? throw new KubeConfigException($"{source} is empty.");
        }
        catch (YamlException e)
        {
            throw new KubeConfigException($"{source} is not a kubeconfig: line {e.Start.Line}, column {e.Start.Column}.", e);
        }
    }

    private static void Rewind(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            throw new KubeConfigException("The kubeconfig stream has to be seekable.");
        }

        stream.Position = 0;
    }
}
