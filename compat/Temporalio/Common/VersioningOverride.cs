namespace Temporalio.Common;

/// <summary>Named by options of the official package; the stand-in has no kind of it, so none can be given.</summary>
public abstract record VersioningOverride
{
    private protected VersioningOverride()
    {
    }
}
