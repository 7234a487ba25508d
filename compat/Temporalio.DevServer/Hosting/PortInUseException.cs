namespace Temporalio.DevServer.Hosting;

/// <summary>Something else listens where this server should; the message says where and what to do.</summary>
internal sealed class PortInUseException(string message, Exception inner) : Exception(message, inner);
