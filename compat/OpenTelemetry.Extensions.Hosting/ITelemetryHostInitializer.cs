namespace OpenTelemetry;

public interface ITelemetryHostInitializer
{
    void Initialize();
}
