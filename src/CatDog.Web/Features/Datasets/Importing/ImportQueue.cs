namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>Tells the runner that there is something to do, and stops what it is doing. The queue itself is the table of imports.</summary>
internal sealed class ImportQueue : IDisposable
{
    private readonly SemaphoreSlim _wake = new(0);
    private readonly Lock _lock = new();
    private (long Id, CancellationTokenSource Cancellation)? _running;

    public void Wake() => _wake.Release();

    public Task WaitAsync(CancellationToken cancellation) => _wake.WaitAsync(cancellation);

    public void Begin(long importId, CancellationTokenSource cancellation)
    {
        lock (_lock) _running = (importId, cancellation);
    }

    public void End()
    {
        lock (_lock) _running = null;
    }

    public void Cancel(long importId)
    {
        lock (_lock)
        {
            if (_running is var (id, cancellation) && id == importId) cancellation.Cancel();
        }
    }

    public void Dispose() => _wake.Dispose();
}
