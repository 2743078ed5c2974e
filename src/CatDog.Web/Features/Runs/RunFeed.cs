using System.Threading.Channels;
using CatDog.Data;
using CatDog.Training;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Runs;

/// <summary>
/// Tells subscribers what happens in runs. Each gets what happened so far and a stream of what follows, taken under one lock,
/// so that nothing is missed and nothing comes twice. What it tells is in the database already.
/// </summary>
internal sealed class RunFeed(IDbContextFactory<AppDbContext> databases)
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private readonly Dictionary<long, Topic> _topics = [];

    /// <exception cref="UserException">404: there is no such run.</exception>
    public async Task<RunSubscription> SubscribeAsync(long runId, CancellationToken cancellation = default)
    {
        await _gate.WaitAsync(cancellation);
        try
        {
            if (!_topics.TryGetValue(runId, out var topic)) _topics[runId] = topic = await LoadAsync(runId, cancellation);
            var channel = Channel.CreateUnbounded<RunUpdate>(new() { SingleReader = true });
            topic.Subscribers.Add(channel);
            return new(topic.Timeline.Copy(), topic.State, channel.Reader, () => UnsubscribeAsync(runId, channel));
        }
        finally
        {
            _gate.Release();
        }
    }

    /// <summary>Tells what was just committed. Events that a subscriber's snapshot held already are not told again.</summary>
    public async Task PublishAsync(long runId, IReadOnlyList<TrainingEvent> events, RunState state)
    {
        await _gate.WaitAsync(CancellationToken.None);
        try
        {
            // A run that nobody watches needs no memory: who subscribes later reads the files.
            if (!_topics.TryGetValue(runId, out var topic)) return;
            foreach (var happened in events.Where(e => e.Sequence > topic.Timeline.LastSequence))
            {
                topic.Timeline.Apply(happened);
                topic.Tell(new RunHappened(happened));
            }

            if (state == topic.State) return;
            topic.State = state;
            topic.Tell(new RunStateChanged(state));
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask UnsubscribeAsync(long runId, Channel<RunUpdate> channel)
    {
        await _gate.WaitAsync();
        try
        {
            if (!_topics.TryGetValue(runId, out var topic)) return;
            topic.Subscribers.Remove(channel);
            if (topic.Subscribers.Count == 0) _topics.Remove(runId);
        }
        finally
        {
            channel.Writer.TryComplete();
            _gate.Release();
        }
    }

    /// <summary>The file may be ahead of the database: what is beyond comes with the next publication.</summary>
    private async Task<Topic> LoadAsync(long runId, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var run = await database.Runs.AsNoTracking().SingleOrDefaultAsync(r => r.Id == runId, cancellation)
            ?? throw UserException.NotFound($"There is no run {runId}. GET /api/runs lists those there are.");
        var topic = new Topic { State = RunState.Of(run) };
        foreach (var happened in new EventTail(new RunFolder(run.Folder).Events).ReadNew().Where(e => e.Sequence <= run.LastSequence))
            topic.Timeline.Apply(happened);
        return topic;
    }

    private sealed class Topic
    {
        public RunTimeline Timeline { get; } = new();

        public List<Channel<RunUpdate>> Subscribers { get; } = [];

        public required RunState State { get; set; }

        public void Tell(RunUpdate update)
        {
            foreach (var subscriber in Subscribers) subscriber.Writer.TryWrite(update);
        }
    }
}

/// <summary>What happened so far, and a stream of what follows without a gap or a repeat. Ends when it is disposed.</summary>
internal sealed class RunSubscription(RunTimeline timeline, RunState state, ChannelReader<RunUpdate> updates, Func<ValueTask> end) : IAsyncDisposable
{
    /// <summary>The subscriber's own copy.</summary>
    public RunTimeline Timeline { get; } = timeline;

    public RunState State { get; } = state;

    public ChannelReader<RunUpdate> Updates { get; } = updates;

    /// <summary>The updates in bundles, at most one an interval, so that a page renders that often and no oftener.</summary>
    public async IAsyncEnumerable<IReadOnlyList<RunUpdate>> BundlesAsync(
        TimeSpan interval, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        while (await Updates.WaitToReadAsync(cancellation))
        {
            var bundle = new List<RunUpdate>();
            while (Updates.TryRead(out var update)) bundle.Add(update);
            yield return bundle;
            await Task.Delay(interval, cancellation);
        }
    }

    public ValueTask DisposeAsync() => end();
}
