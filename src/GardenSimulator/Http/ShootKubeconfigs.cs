using System.Text;
using System.Text.Json.Nodes;
using Dualstack.GardenSimulator.Admission;
using Dualstack.GardenSimulator.Hosting;
using Dualstack.GardenSimulator.Json;
using Dualstack.GardenSimulator.Store;

namespace Dualstack.GardenSimulator.Http;

/// <summary>The subresources that hand out kubeconfigs for a shoot's own API.</summary>
internal sealed class ShootKubeconfigs(CertificateAuthority authority, Func<Uri> address)
{
    private const int Default = 3600;
    private const int Least = 600;
    private const int Most = 24 * 3600;

    public WriteResult Create(ApiRequest request, ShootEntry entry, byte[] body, string user, DateTimeOffset now)
    {
        var viewer = request.Subresource == "viewerkubeconfig";
        var kind = viewer ? "ViewerKubeconfigRequest" : "AdminKubeconfigRequest";
        var asked = body.Length == 0 ? null : Patches.ParseObject(body);
        var seconds = asked.Number("spec", "expirationSeconds") ?? Default;
        if (seconds < Least)
        {
            throw ApiError.Invalid("authentication.gardener.cloud", kind, entry.Name, [FieldError.Invalid("spec.expirationSeconds", $"{seconds}", "may not specify a duration less than 10 minutes")]);
        }

        var shoot = entry.Parse();
        if (!shoot.Objects("status", "advertisedAddresses").Any())
        {
            throw ApiError.Invalid(Keys.Group, "Shoot", entry.Name, [FieldError.Invalid("status.advertisedAddresses", "null", "no kube-apiserver advertised addresses in Shoot .status.advertisedAddresses")]);
        }

        var expires = now.AddSeconds(Math.Min(seconds, Most));
        var role = viewer ? "viewer" : "admin";
        var (certificate, key) = authority.IssueClient(
            $"gardener.cloud:{role}:{user}",
            viewer ? "gardener.cloud:project:viewers" : "gardener.cloud:project:admins",
            entry.Uid,
            expires);
        var context = $"{entry.Namespace}--{entry.Name}-external";
        var kubeconfig = KubeconfigText.ForCertificate(context, new Uri(address(), $"shoots/{entry.Uid}"), authority.CertificatePem, certificate, key);
        return new WriteResult(201, new JsonObject
        {
            ["kind"] = kind,
            ["apiVersion"] = "authentication.gardener.cloud/v1alpha1",
            ["metadata"] = new JsonObject { ["creationTimestamp"] = null },
            ["spec"] = new JsonObject { ["expirationSeconds"] = seconds },
            ["status"] = new JsonObject
            {
                ["kubeconfig"] = Convert.ToBase64String(Encoding.UTF8.GetBytes(kubeconfig)),
                ["expirationTimestamp"] = KubeTime.Format(expires),
            },
        })
        {
            Committed = false,
            Changed = false,
        };
    }
}
