using System.Runtime.CompilerServices;
using System.Text.Json;
using CatDog.Training;
using CatDog.Web.Hosting;
using Microsoft.AspNetCore.SignalR;

namespace CatDog.Web.Features.Runs;

/// <summary>Runs for other programs, at <c>/hubs/runs</c>.</summary>
internal sealed class RunHub(RunFeed feed, RunService runs) : Hub
{
    /// <summary>The run's events: first what happened so far, then live. The stream ends when the run is over.</summary>
    public async IAsyncEnumerable<JsonElement> Watch(long runId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var subscription = await SubscribeAsync(runId, cancellation);
        var folder = await runs.FolderAsync(runId, cancellation);
        foreach (var happened in new EventTail(folder.Events).ReadNew().Where(e => e.Sequence <= subscription.Timeline.LastSequence))
            yield return ToJson(happened);
        if (subscription.State.IsOver) yield break;

        await foreach (var update in subscription.Updates.ReadAllAsync(cancellation))
        {
            if (update is RunHappened { Event: var happened }) yield return ToJson(happened);
            else if (update is RunStateChanged { State.IsOver: true }) yield break;
        }
    }

    private async Task<RunSubscription> SubscribeAsync(long runId, CancellationToken cancellation)
    {
        try
        {
            return await feed.SubscribeAsync(runId, cancellation);
        }
        catch (UserException e)
        {
            throw new HubException(e.Message);
        }
    }

    /// <summary>SignalR writes an element by its own type, which would leave out the event's name.</summary>
    private static JsonElement ToJson(TrainingEvent happened) => JsonSerializer.SerializeToElement(happened, TrainingJson.Line);
}
