using System.Text;

namespace Dualstack.GardenSimulator.Hosting;

/// <summary>Kubeconfigs as text.</summary>
internal static class KubeconfigText
{
    public static string ForToken(string context, Uri server, string authorityPem, string user, string token) =>
        Render(context, server, authorityPem, user, $"    token: {token}\n");

    public static string ForCertificate(string context, Uri server, string authorityPem, string certificatePem, string keyPem) =>
        Render(context, server, authorityPem, context, $"    client-certificate-data: {Base64(certificatePem)}\n    client-key-data: {Base64(keyPem)}\n");

    private static string Render(string context, Uri server, string authorityPem, string user, string credentials) =>
        $"""
        apiVersion: v1
        kind: Config
        clusters:
        - name: {context}
          cluster:
            certificate-authority-data: {Base64(authorityPem)}
            server: {server.ToString().TrimEnd('/')}
        contexts:
        - name: {context}
          context:
            cluster: {context}
            user: {user}
        current-context: {context}
        users:
        - name: {user}
          user:

        """.ReplaceLineEndings("\n") + credentials;

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
