using YamlDotNet.Serialization;

namespace k8s.KubeConfigModels;

public class NamedExtension
{
    [YamlMember(Alias = "name")]
    public string Name { get; set; }

    [YamlMember(Alias = "extension")]
    public dynamic Extension { get; set; }
}
