using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CatDog.Web.Components.Shared;

/// <summary>
/// Base of parts that change by themselves. What <see cref="Follow"/> starts ends with the component, runs its
/// handlers on the circuit, and hands its exceptions to the error boundary.
/// </summary>
public abstract class LiveComponent : ComponentBase, IAsyncDisposable
{
    private readonly CancellationTokenSource _disposal = new();
    private readonly List<Task> _followed = [];

    /// <summary>Cancelled when the component goes away.</summary>
    protected CancellationToken Disposal => _disposal.Token;

    /// <summary>Handles each element of a stream on the circuit, then renders, until the component goes away.</summary>
    protected void Follow<T>(IAsyncEnumerable<T> stream, Func<T, Task> handle) => _followed.Add(FollowAsync(stream, handle));

    /// <summary>Runs a handler on the circuit at an interval, then renders, until the component goes away.</summary>
    protected void Every(TimeSpan interval, Func<Task> handle) => Follow(TicksAsync(interval), _ => handle());

    public async ValueTask DisposeAsync()
    {
        await _disposal.CancelAsync();
        await Task.WhenAll(_followed);
        await DisposeCoreAsync();
        _disposal.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>For what a derived component owns, such as its JavaScript module.</summary>
    protected virtual ValueTask DisposeCoreAsync() => ValueTask.CompletedTask;

    private async IAsyncEnumerable<int> TicksAsync(TimeSpan interval)
    {
        using var timer = new PeriodicTimer(interval);
        for (var tick = 0; await timer.WaitForNextTickAsync(Disposal); tick++) yield return tick;
    }

    private async Task FollowAsync<T>(IAsyncEnumerable<T> stream, Func<T, Task> handle)
    {
        try
        {
            await foreach (var element in stream.WithCancellation(Disposal))
            {
                await InvokeAsync(async () =>
                {
                    await handle(element);
                    StateHasChanged();
                });
            }
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or JSDisconnectedException)
        {
            // The page is gone.
        }
        catch (Exception e)
        {
            await DispatchExceptionAsync(e);
        }
    }
}
