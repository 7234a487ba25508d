using Google.Protobuf;
using Temporalio.Api.Common.V1;

namespace Temporalio.Exceptions;

public class RpcException : TemporalException
{
    public RpcException(StatusCode code, string message, byte[]? rawStatus)
        : base(message)
    {
        Code = code;
        RawStatus = rawStatus;
        GrpcStatus = new(() => rawStatus == null ? null : Api.Common.V1.GrpcStatus.Parser.ParseFrom(rawStatus));
    }

    internal RpcException(StatusCode code, string message, byte[]? rawStatus, Exception? inner)
        : base(message, inner)
    {
        Code = code;
        RawStatus = rawStatus;
        GrpcStatus = new(() => rawStatus == null ? null : Api.Common.V1.GrpcStatus.Parser.ParseFrom(rawStatus));
    }

    public enum StatusCode
    {
        OK = 0,
        Cancelled = 1,
        Unknown = 2,
        InvalidArgument = 3,
        DeadlineExceeded = 4,
        NotFound = 5,
        AlreadyExists = 6,
        PermissionDenied = 7,
        ResourceExhausted = 8,
        FailedPrecondition = 9,
        Aborted = 10,
        OutOfRange = 11,
        Unimplemented = 12,
        Internal = 13,
        Unavailable = 14,
        DataLoss = 15,
        Unauthenticated = 16,
    }

    public StatusCode Code { get; }

    public byte[]? RawStatus { get; }

    public Lazy<GrpcStatus?> GrpcStatus { get; }

    internal T? SingleDetail<T>()
        where T : class, IMessage<T>, new() =>
        GrpcStatus.Value is { Details.Count: 1 } status && status.Details[0].TryUnpack(out T detail) ? detail : null;
}
