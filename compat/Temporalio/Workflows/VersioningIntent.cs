namespace Temporalio.Workflows;

[Obsolete("Worker versioning by build id is gone: use worker deployments")]
public enum VersioningIntent
{
    Unspecified = 0,
    Compatible = 1,
    CurrentDefault = 2,
}
