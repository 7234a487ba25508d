namespace Dualstack.GardenSimulator.Http;

/// <summary>One finding of field validation, worded as the API server words it.</summary>
internal sealed record FieldError(string Field, string Reason, string Detail)
{
    public static FieldError Forbidden(string field, string text) => new(field, "FieldValueForbidden", $"Forbidden: {text}");

    public static FieldError Invalid(string field, string shownValue, string text) => new(field, "FieldValueInvalid", $"Invalid value: {shownValue}: {text}");

    public static FieldError Required(string field, string text) =>
        new(field, "FieldValueRequired", text.Length == 0 ? "Required value" : $"Required value: {text}");

    public static FieldError Duplicate(string field, string shownValue) => new(field, "FieldValueDuplicate", $"Duplicate value: {shownValue}");

    public static FieldError NotSupported(string field, string value, params IEnumerable<string> supported) =>
        new(field, "FieldValueNotSupported", $"Unsupported value: \"{value}\": supported values: {string.Join(", ", supported.Select(item => $"\"{item}\""))}");
}
