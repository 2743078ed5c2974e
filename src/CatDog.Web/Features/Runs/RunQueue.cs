using System.Threading.Channels;

namespace CatDog.Web.Features.Runs;

/// <summary>Wakes the launcher: the queue itself is the rows with status Queued.</summary>
internal sealed class RunQueue
{
    private readonly Channel<bool> _changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Wake() => _changes.Writer.TryWrite(true);

    public async Task WaitAsync(CancellationToken cancellation) => await _changes.Reader.ReadAsync(cancellation);
}
