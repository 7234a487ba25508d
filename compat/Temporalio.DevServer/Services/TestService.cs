using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.TestService.V1;
using Temporalio.DevServer.Engine;
using Temporalio.DevServer.Grpc;

namespace Temporalio.DevServer.Services;

/// <summary>Control over the virtual clock, for test environments.</summary>
internal sealed class TestService(EngineCore engine)
{
    public LockTimeSkippingResponse Lock(LockTimeSkippingRequest request)
    {
        Require();
        engine.Skipper.Lock();
        return new LockTimeSkippingResponse();
    }

    public UnlockTimeSkippingResponse Unlock(UnlockTimeSkippingRequest request)
    {
        Release();
        return new UnlockTimeSkippingResponse();
    }

    public async Task<SleepResponse> UnlockWithSleepAsync(SleepRequest request, GrpcCall call)
    {
        Require();
        var woken = Wake(engine.Clock.GetUtcNow() + request.Duration.Span(), engine.Skipper.Lock);
        Release();
        await woken.WaitAsync(call.CancellationToken).ConfigureAwait(false);
        return new SleepResponse();
    }

    public async Task<SleepResponse> SleepAsync(SleepRequest request, GrpcCall call)
    {
        await Wake(engine.Clock.GetUtcNow() + request.Duration.Span(), static () => { }).WaitAsync(call.CancellationToken).ConfigureAwait(false);
        return new SleepResponse();
    }

    public async Task<SleepResponse> SleepUntilAsync(SleepUntilRequest request, GrpcCall call)
    {
        await Wake(request.Timestamp.ToDateTimeOffset(), static () => { }).WaitAsync(call.CancellationToken).ConfigureAwait(false);
        return new SleepResponse();
    }

    public GetCurrentTimeResponse GetCurrentTime(Empty request) => new() { Time = engine.Clock.GetUtcNow().Stamp() };

    private Task Wake(DateTimeOffset at, Action first)
    {
        var woken = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        engine.Timers.Set(new object(), at, () =>
        {
            first();
            woken.SetResult();
        });
        engine.Skipper.Evaluate();
        return woken.Task;
    }

    private void Require()
    {
        if (!engine.Skipper.Available)
        {
            throw new GrpcException(StatusCode.Unimplemented, "This server's clock does not skip: start it with a port as its only argument.");
        }
    }

    private void Release()
    {
        Require();
        if (!engine.Skipper.Unlock())
        {
            throw GrpcException.FailedPrecondition("Unlock and Lock calls have to be in pairs: time skipping is not locked.");
        }
    }
}
