namespace Dualstack.Starter.Output;

internal enum OutputFormat
{
    Table,
    Json,
}
