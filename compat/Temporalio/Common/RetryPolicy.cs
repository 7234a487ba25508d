using Google.Protobuf.WellKnownTypes;
using ProtoRetryPolicy = Temporalio.Api.Common.V1.RetryPolicy;

namespace Temporalio.Common;

public record RetryPolicy
{
    public TimeSpan InitialInterval { get; set; } = TimeSpan.FromSeconds(1);

    public float BackoffCoefficient { get; set; } = 2.0f;

    public TimeSpan? MaximumInterval { get; set; }

    public int MaximumAttempts { get; set; }

    public IReadOnlyCollection<string>? NonRetryableErrorTypes { get; set; }

    internal static RetryPolicy FromProto(ProtoRetryPolicy proto) => new()
    {
        InitialInterval = proto.InitialInterval?.ToTimeSpan() ?? TimeSpan.FromSeconds(1),
        BackoffCoefficient = (float)proto.BackoffCoefficient,
        MaximumInterval = proto.MaximumInterval?.ToTimeSpan(),
        MaximumAttempts = proto.MaximumAttempts,
        NonRetryableErrorTypes = proto.NonRetryableErrorTypes.Count == 0 ? null : [.. proto.NonRetryableErrorTypes],
    };

    internal ProtoRetryPolicy ToProto()
    {
        var proto = new ProtoRetryPolicy
        {
            InitialInterval = Duration.FromTimeSpan(InitialInterval),
            BackoffCoefficient = BackoffCoefficient,
            MaximumInterval = MaximumInterval is { } max ? Duration.FromTimeSpan(max) : null,
            MaximumAttempts = MaximumAttempts,
        };
        proto.NonRetryableErrorTypes.AddRange(NonRetryableErrorTypes ?? []);
        return proto;
    }
}
