namespace Dualstack.Gardener.Tests.Access;

/// <summary>Kubeconfigs with one context, "garden". Lines of the cluster and the user are given as in the file, without indentation.</summary>
internal static class TestKubeconfig
{
    public static string For(Uri server, string cluster, string user = "token: secret-token") => $"""
        apiVersion: v1
        kind: Config
        current-context: garden
        contexts:
        - name: garden
          context:
            cluster: garden
            user: robot
            namespace: garden-retail
        clusters:
        - name: garden
          cluster:
            server: {server.GetLeftPart(UriPartial.Authority)}
        {Indent(cluster)}
        users:
        - name: robot
          user:
        {Indent(user)}
        """;

    public static string For(ApiPeer server, TestAuthority authority, string user = "token: secret-token") =>
        For(server.Address, $"certificate-authority-data: {authority.Base64}", user);

    private static string Indent(string lines) => string.Join('\n', lines.Split('\n').Select(line => "    " + line));
}
