using YamlDotNet.Serialization;

namespace k8s.KubeConfigModels;

public class AuthProvider
{
    [YamlMember(Alias = "name")]
    public string Name { get; set; }

    [YamlMember(Alias = "config")]
    public Dictionary<string, string> Config { get; set; }
}
