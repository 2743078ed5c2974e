using System.Collections.Concurrent;

namespace CatDog.Web.Features.Predictions;

/// <summary>How many photos the passes that run now have done. Everything else about a pass is in the database.</summary>
internal sealed class PredictionFeed
{
    private readonly ConcurrentDictionary<long, int> _done = new();

    public int? Done(long passId) => _done.TryGetValue(passId, out var done) ? done : null;

    public void Publish(long passId, int done) => _done[passId] = done;

    public void Remove(long passId) => _done.TryRemove(passId, out _);
}
