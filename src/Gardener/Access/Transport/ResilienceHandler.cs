using System.Net;
using System.Threading.RateLimiting;
using Polly;
using Polly.Retry;

namespace Dualstack.Gardener.Access;

/// <summary>Limits the rate of requests and repeats reads that failed for a passing reason. Writes go out once; who guards them decides.</summary>
internal sealed class ResilienceHandler : DelegatingHandler
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private readonly TimeProvider time;
    private readonly ServerClock clock;
    private readonly TokenBucketRateLimiter? limiter;
    private readonly ResiliencePipeline<HttpResponseMessage> reads;

    public ResilienceHandler(GardenConnectionOptions options, ServerClock clock)
    {
        time = options.TimeProvider;
        this.clock = clock;
        limiter = options.RequestsPerSecond > 0 ? Limiter(options.RequestsPerSecond, options.Burst) : null;
        reads = options.ReadRetries > 0 ? Reads(options) : ResiliencePipeline<HttpResponseMessage>.Empty;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        request.Method == HttpMethod.Get
            ? await reads.ExecuteAsync(async token => await SendOnceAsync(request, token), cancellationToken)
            : await SendOnceAsync(request, cancellationToken);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            limiter?.Dispose();
        }

        base.Dispose(disposing);
    }

    private static TokenBucketRateLimiter Limiter(int perSecond, int burst)
    {
        // A whole number of tokens a tick, and no more ticks than needed.
        var period = perSecond >= 10 ? Tick : TimeSpan.FromSeconds(1);
        return new TokenBucketRateLimiter(new TokenBucketRateLimiterOptions
        {
            TokenLimit = Math.Max(1, burst),
            ReplenishmentPeriod = period,
            TokensPerPeriod = Math.Max(1, (int)(perSecond * period.TotalSeconds)),
            QueueLimit = int.MaxValue,
            QueueProcessingOrder = QueueProcessingOrder.OldestFirst,
            AutoReplenishment = true,
        });
    }

    private ResiliencePipeline<HttpResponseMessage> Reads(GardenConnectionOptions options) =>
        new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = options.ReadRetries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                MaxDelay = LongestWait,
                ShouldHandle = arguments => ValueTask.FromResult(MayPass(arguments.Outcome)),
                DelayGenerator = arguments => ValueTask.FromResult(RetryAfter(arguments.Outcome.Result)),
            })
            .Build();

    private async Task<HttpResponseMessage> SendOnceAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (limiter is not null)
        {
            using var lease = await limiter.AcquireAsync(1, cancellationToken);
        }

        var response = await base.SendAsync(request, cancellationToken);
        if (response.Headers.Date is { } date)
        {
            clock.Note(date);
        }

        return response;
    }

    private bool MayPass(Outcome<HttpResponseMessage> outcome) => outcome switch
    {
        { Exception: GardenAccessException { Problem: GardenAccessProblem.Unreachable } } => true,
        { Exception: not null } => false,
        { Result: { } response } => response.StatusCode is HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError
            && !(RetryAfter(response) > LongestWait),
        _ => false,
    };

    private TimeSpan? RetryAfter(HttpResponseMessage? response) => response?.Headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } => date - time.GetUtcNow() is { Ticks: > 0 } wait ? wait : TimeSpan.Zero,
        _ => null,
    };
}
