using CatDog.Web.Hosting;
using Microsoft.JSInterop;

namespace CatDog.Web.Features.Predictions;

/// <summary>Putting labels right on the page, and the large view.</summary>
public sealed partial class PredictionsPage
{
    /// <summary>Called by the browser for a key on a row.</summary>
    [JSInvokable]
    public Task Decide(int index, int labelClass) => OnCircuitAsync(() => DecideAsync(index, labelClass));

    /// <summary>Called by the browser for a key in the large view.</summary>
    [JSInvokable]
    public Task DecideLarge(int labelClass) => OnCircuitAsync(() => DecideAsync(_largeIndex, labelClass));

    [JSInvokable]
    public Task Undo() => OnCircuitAsync(UndoAsync);

    /// <summary>To the photo before or after the large one.</summary>
    [JSInvokable]
    public Task Step(int by) => OnCircuitAsync(() => MoveAsync(_largeIndex + by));

    /// <summary>The browser closed the large view by itself.</summary>
    [JSInvokable]
    public Task Close() => OnCircuitAsync(() => _large is null ? Task.CompletedTask : MoveAsync(null));

    private Task OnCircuitAsync(Func<Task> handle) => InvokeAsync(async () =>
    {
        await handle();
        StateHasChanged();
    });

    private async Task DecideAsync(int index, int labelClass)
    {
        if (await RowAtAsync(index) is not { } row) return;
        var action = Guid.CreateVersion7();
        try
        {
            var change = await Labels.SetAsync(row.SampleId, _run!.Classes[labelClass], row.Version, actionId: action, cancellation: Disposal);
            if (change.Version == row.Version)
            {
                (_saved, _saveState) = ($"{row.FileName} is {change.Label} already.", null);
                return;
            }

            _decisions.Push((row.SampleId, action));
            _corrected.Add(row.SampleId);
            await ShowSavedAsync(row.SampleId, $"{row.FileName} is {change.Label} now. Saved.");
        }
        catch (UserException e)
        {
            (_saved, _saveState) = ($"Not saved: {e.Message}", "failed");
        }
    }

    private async Task UndoAsync()
    {
        if (!_decisions.TryPop(out var decision)) return;
        var undo = await Labels.UndoAsync(decision.Action, Disposal);
        _corrected.Remove(decision.SampleId);
        await ShowSavedAsync(decision.SampleId, undo.Undone > 0 ? "Taken back. Saved." : "It was changed again since, and stays as it is.");
    }

    private async Task ShowSavedAsync(long sampleId, string said)
    {
        if ((await Review.FindAsync(Id, [sampleId], Disposal)).SingleOrDefault() is { } row)
        {
            _changed[sampleId] = row;
            if (_large?.SampleId == sampleId) _large = row;
        }

        _counts = await Review.CountAsync(Id, Disposal);
        (_saved, _saveState) = (said, "saved");
    }

    private Task OpenAsync(int index) => MoveAsync(index);

    private async Task MoveAsync(int? index)
    {
        var row = index is null ? null : await RowAtAsync(index.Value);
        if (index is not null && row is null) return;
        _large = row;
        _largeIndex = index ?? _largeIndex;
        StateHasChanged();
        if (_view is not null) await _view.InvokeVoidAsync("show", _large is not null, _largeIndex);
    }
}
