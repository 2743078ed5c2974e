using System.Collections.Concurrent;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>The progress of the imports that run now. Everything else about an import is in the database.</summary>
internal sealed class ImportFeed
{
    private readonly ConcurrentDictionary<long, ImportProgress> _running = new();

    public ImportProgress? Find(long importId) => _running.GetValueOrDefault(importId);

    public void Publish(long importId, ImportProgress progress) => _running[importId] = progress;

    public void Remove(long importId) => _running.TryRemove(importId, out _);
}
