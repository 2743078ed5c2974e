namespace CatDog.Web.Features.Predictions;

/// <summary>Tells the runner that there is something to do. The queue itself is the table of passes.</summary>
internal sealed class PredictionQueue : IDisposable
{
    private readonly SemaphoreSlim _wake = new(0);

    public void Wake() => _wake.Release();

    public Task WaitAsync(CancellationToken cancellation) => _wake.WaitAsync(cancellation);

    public void Dispose() => _wake.Dispose();
}
