using System.Linq.Expressions;
using System.Reflection;

namespace Temporalio.Common;

/// <summary>Reads which method a lambda calls, and with what, without calling it.</summary>
internal static class ExpressionUtil
{
    internal static (MethodInfo Method, object?[] Args) ExtractCall(LambdaExpression expression)
    {
        if (Unwrap(expression.Body) is not MethodCallExpression call)
        {
            throw new ArgumentException(
                $"The expression must be a single method call, but it is '{expression}'.", nameof(expression));
        }

        CheckTarget(expression, call.Object, call.Method);
        return (call.Method, [.. call.Arguments.Select(Evaluate)]);
    }

    internal static MemberInfo ExtractMember(LambdaExpression expression)
    {
        switch (Unwrap(expression.Body))
        {
            case MemberExpression { Member: PropertyInfo property } member:
                CheckTarget(expression, member.Expression, property);
                return property;
            case MethodCallExpression call:
                CheckTarget(expression, call.Object, call.Method);
                return call.Method;
            default:
                throw new ArgumentException(
                    $"The expression must be a property or a single method call, but it is '{expression}'.", nameof(expression));
        }
    }

    /// <summary>True with the property when the lambda only reads one, as queries may.</summary>
    internal static bool TryExtractProperty(LambdaExpression expression, out PropertyInfo property)
    {
        property = null!;
        if (Unwrap(expression.Body) is not MemberExpression)
        {
            return false;
        }

        property = ExtractMember(expression) as PropertyInfo
            ?? throw new ArgumentException($"The expression must read a property, but it is '{expression}'.", nameof(expression));
        return true;
    }

    private static Expression Unwrap(Expression expression)
    {
        while (expression is UnaryExpression { NodeType: ExpressionType.Convert or ExpressionType.Quote } unary)
        {
            expression = unary.Operand;
        }

        return expression;
    }

    private static void CheckTarget(LambdaExpression lambda, Expression? target, MemberInfo member)
    {
        if (target == null)
        {
            if (lambda.Parameters.Count > 0)
            {
                throw new ArgumentException(
                    $"'{member.Name}' is static: leave out the parameter of the lambda '{lambda}'.", nameof(lambda));
            }
        }
        else if (lambda.Parameters.Count != 1 || Unwrap(target) != lambda.Parameters[0])
        {
            throw new ArgumentException(
                $"'{member.Name}' must be called on the lambda's only parameter, but the lambda is '{lambda}'.", nameof(lambda));
        }
    }

    private static object? Evaluate(Expression expression) => TryEvaluate(expression, out var value)
        ? value
        : Expression.Lambda<Func<object?>>(Expression.Convert(expression, typeof(object))).Compile(preferInterpretation: true)();

    // Constants, captured variables and what is read from them need no compiler, and they are nearly all there is.
    private static bool TryEvaluate(Expression expression, out object? value)
    {
        switch (expression)
        {
            case ConstantExpression constant:
                value = constant.Value;
                return true;
            case MemberExpression { Member: FieldInfo field } member:
                return TryRead(member.Expression, field.GetValue, out value);
            case UnaryExpression { NodeType: ExpressionType.Convert, Method: null } convert when NeedsNoConversion(convert):
                return TryEvaluate(convert.Operand, out value);
            case DefaultExpression @default when !@default.Type.IsValueType:
                value = null;
                return true;
            default:
                value = null;
                return false;
        }
    }

    private static bool TryRead(Expression? target, Func<object?, object?> read, out object? value)
    {
        value = null;
        object? instance = null;
        if (target != null && (!TryEvaluate(target, out instance) || instance == null))
        {
            return false;
        }

        value = read(instance);
        return true;
    }

    private static bool NeedsNoConversion(UnaryExpression convert) =>
        !convert.Type.IsValueType && convert.Type.IsAssignableFrom(convert.Operand.Type)
        || Nullable.GetUnderlyingType(convert.Type) == convert.Operand.Type;
}
