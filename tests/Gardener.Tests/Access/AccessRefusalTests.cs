using System.Net;
using Dualstack.Gardener.Access;
using k8s.Autorest;

namespace Dualstack.Gardener.Tests.Access;

public sealed class AccessRefusalTests
{
    [Fact]
    public void Explain_ClusterScopedCoreResource_NamesNoGroupAndNoNamespace()
    {
        var error = AccessRefusal.Explain("the garden", Answer(
            HttpStatusCode.Forbidden, """{"message":"namespaces is forbidden: User \"jo\" cannot list resource \"namespaces\" in API group \"\" at the cluster scope"}"""));

        Assert.Equal("User \"jo\" lacks the right to list namespaces of the garden; ask its administrator for it.", error!.Message);
    }

    [Fact]
    public void Explain_RefusalByAdmission_IsNoMissingRight() =>
        Assert.Null(AccessRefusal.Explain("the garden", Answer(
            HttpStatusCode.Forbidden, """{"message":"shoots.core.gardener.cloud \"shop\" is forbidden: overlay must be off"}""")));

    [Fact]
    public void Explain_AnswerOfAProxy_IsNoMissingRight() =>
        Assert.Null(AccessRefusal.Explain("the garden", Answer(HttpStatusCode.Forbidden, "<html>Forbidden</html>")));

    private static HttpOperationException Answer(HttpStatusCode status, string body)
    {
        using var response = new HttpResponseMessage(status) { Content = new StringContent(string.Empty) };
        return new HttpOperationException("refused") { Response = new HttpResponseMessageWrapper(response, body) };
    }
}
