namespace k8s.Autorest;

public class HttpRequestMessageWrapper : HttpMessageWrapper
{
    public HttpRequestMessageWrapper(HttpRequestMessage httpRequest, string content)
    {
        ArgumentNullException.ThrowIfNull(httpRequest);
        Method = httpRequest.Method;
        RequestUri = httpRequest.RequestUri;
        Content = content;
        Take(httpRequest.Headers);
        if (httpRequest.Content is { } body)
        {
            Take(body.Headers);
        }
    }

    public HttpMethod Method { get; protected set; }

    public Uri RequestUri { get; protected set; }
}
