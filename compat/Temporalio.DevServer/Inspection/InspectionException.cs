namespace Temporalio.DevServer.Inspection;

/// <summary>What was asked for cannot be shown, and why.</summary>
internal sealed class InspectionException(int statusCode, string message) : Exception(message)
{
    public int StatusCode { get; } = statusCode;
}
