using Microsoft.Extensions.DependencyInjection;

namespace Temporalio.Extensions.Hosting;

public static class ActivityScope
{
    private static readonly AsyncLocal<IServiceScope?> CurrentScope = new();
    private static readonly AsyncLocal<object?> CurrentInstance = new();

    public static IServiceScope? ServiceScope
    {
        get => CurrentScope.Value;
        set => CurrentScope.Value = value;
    }

    public static object? ScopedInstance
    {
        get => CurrentInstance.Value;
        set => CurrentInstance.Value = value;
    }
}
