using CatDog.Training.Models;
using CatDog.Web.Components.Shared;
using CatDog.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace CatDog.Web.Features.Runs;

/// <summary>One run, live: what happened so far, then what happens.</summary>
public partial class RunPage : LiveComponent
{
    /// <summary>Four times a second is lively enough, and cheap.</summary>
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    private RunDetail? _run;
    private RunTimeline? _timeline;
    private RunState? _state;
    private RunSubscription? _subscription;
    private string? _missing;
    private string? _problem;

    [Parameter]
    public long Id { get; set; }

    [Inject]
    private RunService Runs { get; set; } = null!;

    [Inject]
    private RunFeed Feed { get; set; } = null!;

    private string Title => Backbones.Find(_run!.Backbone)?.Title ?? _run.Backbone;

    protected override async Task OnParametersSetAsync()
    {
        if (_run?.Id == Id) return;
        if (_subscription is not null) await _subscription.DisposeAsync();
        (_run, _timeline, _state, _missing, _problem) = (null, null, null, null, null);
        try
        {
            var run = await Runs.GetAsync(Id, Disposal);
            _subscription = await Feed.SubscribeAsync(Id, Disposal);
            (_run, _timeline, _state) = (run, _subscription.Timeline, _subscription.State);
            Follow(_subscription.BundlesAsync(Beat, Disposal), Apply);
        }
        catch (UserException e)
        {
            _missing = e.Message;
        }
    }

    protected override async ValueTask DisposeCoreAsync()
    {
        if (_subscription is not null) await _subscription.DisposeAsync();
    }

    private Task Apply(IReadOnlyList<RunUpdate> updates)
    {
        foreach (var update in updates)
        {
            if (update is RunHappened { Event: var happened }) _timeline!.Apply(happened);
            else if (update is RunStateChanged { State: var state }) _state = state;
        }

        return Task.CompletedTask;
    }

    private Task CancelAsync() => TryAsync(() => Runs.CancelAsync(Id, Disposal));

    private Task ResumeAsync() => TryAsync(() => Runs.ResumeAsync(Id, Disposal));

    private async Task TryAsync(Func<Task> act)
    {
        _problem = null;
        try
        {
            await act();
        }
        catch (UserException e)
        {
            _problem = e.Message;
        }
    }
}
