using System.Reflection;

namespace Temporalio.Worker.Interceptors;

public record ExecuteWorkflowInput(object Instance, MethodInfo RunMethod, object?[] Args);
