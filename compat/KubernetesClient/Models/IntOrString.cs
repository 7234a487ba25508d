using System.Globalization;
using System.Text.Json.Serialization;

namespace k8s.Models;

[JsonConverter(typeof(IntOrStringJsonConverter))]
public class IntOrString
{
    public IntOrString()
    {
    }

    public IntOrString(string value) => Value = value;

    public string Value { get; set; }

    public static implicit operator IntOrString(int v) => new(v.ToString(CultureInfo.InvariantCulture));

    public static implicit operator IntOrString(long v) => new(v.ToString(CultureInfo.InvariantCulture));

    public static implicit operator IntOrString(string v) => new(v);

    public static implicit operator string(IntOrString v) => v?.Value;

    public int ToInt() => int.Parse(Value, CultureInfo.InvariantCulture);

    public override string ToString() => Value;
}
