using System.Reflection;
using System.Runtime.ExceptionServices;

namespace Temporalio.Common;

internal static class HandlerInvoker
{
    internal static object? Invoke(MethodInfo method, object? instance, object?[] args) =>
        method.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, args, null);

    internal static object? Invoke(Delegate del, object?[] args)
    {
        try
        {
            return del.DynamicInvoke(args);
        }
        catch (TargetInvocationException e) when (e.InnerException != null)
        {
            ExceptionDispatchInfo.Capture(e.InnerException).Throw();
            throw;
        }
    }

    internal static object?[] PadDefaults(MethodInfo? method, object?[] args, int count)
    {
        if (args.Length >= count || method == null)
        {
            return args;
        }

        var parameters = method.GetParameters();
        var padded = new object?[count];
        args.CopyTo(padded, 0);
        for (var i = args.Length; i < count; i++)
        {
            padded[i] = parameters[i].DefaultValue;
        }

        return padded;
    }
}
