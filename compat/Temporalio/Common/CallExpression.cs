using System.Linq.Expressions;
using System.Reflection;

namespace Temporalio.Common;

/// <summary>Reads which method or property an expression such as <c>(MyWorkflow wf) =&gt; wf.RunAsync(arg)</c> names, and its arguments.</summary>
internal static class CallExpression
{
    internal static (MethodInfo Method, object?[] Args) Read(LambdaExpression call)
    {
        if (Strip(call.Body) is not MethodCallExpression methodCall)
        {
            throw new ArgumentException($"The expression must be a single method call, but is: {call}", nameof(call));
        }

        var instance = methodCall.Object == null ? null : Strip(methodCall.Object);
        var parameter = call.Parameters.FirstOrDefault();
        if (instance == null && parameter != null)
        {
            throw new ArgumentException($"Static call expression must not have a lambda parameter, but has: {call}", nameof(call));
        }

        if (instance != null && instance != parameter)
        {
            throw new ArgumentException(
                $"The method must be called on the expression's parameter or be static, but is: {call}", nameof(call));
        }

        return (Declared(methodCall.Method, parameter), [.. methodCall.Arguments.Select(a => Evaluate(a, call))]);
    }

    internal static PropertyInfo? ReadProperty(LambdaExpression call) =>
        Strip(call.Body) is MemberExpression { Member: PropertyInfo property } member &&
            member.Expression != null && Strip(member.Expression) == call.Parameters.FirstOrDefault()
            ? property
            : null;

    // An overridden method is called by its base declaration, but the attribute is on the override.
    private static MethodInfo Declared(MethodInfo method, ParameterExpression? parameter)
    {
        if (parameter == null || !method.IsVirtual || parameter.Type.IsInterface || method.DeclaringType == parameter.Type)
        {
            return method;
        }

        return parameter.Type.GetMethod(
            method.Name,
            BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic,
            [.. method.GetParameters().Select(p => p.ParameterType)]) ?? method;
    }

    private static Expression Strip(Expression expression) =>
        expression is UnaryExpression { NodeType: ExpressionType.Convert } convert ? Strip(convert.Operand) : expression;

    private static object? Evaluate(Expression argument, LambdaExpression call)
    {
        switch (argument)
        {
            case ConstantExpression constant:
                return constant.Value;
            case MemberExpression { Member: FieldInfo field } member when TryEvaluate(member.Expression, out var owner):
                return field.GetValue(owner);
            case MemberExpression { Member: PropertyInfo property } member when TryEvaluate(member.Expression, out var owner):
                return property.GetValue(owner);
            default:
                if (new ParameterFinder(call.Parameters).Finds(argument))
                {
                    throw new ArgumentException($"Arguments must not use the expression's parameter, but one does: {call}", nameof(call));
                }

                return Expression.Lambda<Func<object?>>(Expression.Convert(argument, typeof(object)))
                    .Compile(preferInterpretation: true)();
        }
    }

    private static bool TryEvaluate(Expression? owner, out object? value)
    {
        switch (owner)
        {
            case null:
                value = null;
                return true;
            case ConstantExpression constant:
                value = constant.Value;
                return true;
            case MemberExpression { Member: FieldInfo field } member when TryEvaluate(member.Expression, out var inner):
                value = field.GetValue(inner);
                return value != null;
            default:
                value = null;
                return false;
        }
    }

    private sealed class ParameterFinder(IReadOnlyCollection<ParameterExpression> parameters) : ExpressionVisitor
    {
        private bool found;

        internal bool Finds(Expression expression)
        {
            Visit(expression);
            return found;
        }

        protected override Expression VisitParameter(ParameterExpression node)
        {
            found |= parameters.Contains(node);
            return node;
        }
    }
}
