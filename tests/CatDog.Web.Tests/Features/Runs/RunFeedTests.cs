using System.Text.Json;
using CatDog.Data.Runs;
using CatDog.Training;
using CatDog.Web.Features.Runs;
using CatDog.Web.Tests.Hosting;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CatDog.Web.Tests.Features.Runs;

public sealed class RunFeedTests
{
    private const int Events = 300;

    [Fact]
    public async Task Whoever_subscribes_whenever_sees_each_event_once()
    {
        await using var host = new CatDogHost();
        var run = await host.AddRunAsync(RunStatus.Running);
        var feed = host.Services.GetRequiredService<RunFeed>();

        var training = Task.Run(() => TrainAsync(host, run));
        var subscribers = Enumerable.Range(0, 8).Select(async i =>
        {
            await Task.Delay(i * 40);
            await using var subscription = await feed.SubscribeAsync(run.Id);
            var seen = Enumerable.Range(1, (int)subscription.Timeline.LastSequence).Select(s => (long)s).ToList();
            if (subscription.State.IsOver) return seen;
            await foreach (var update in subscription.Updates.ReadAllAsync())
            {
                if (update is RunHappened { Event.Sequence: var sequence }) seen.Add(sequence);
                else if (update is RunStateChanged { State.IsOver: true }) break;
            }

            return seen;
        }).ToList();
        await training;

        Assert.All(await Task.WhenAll(subscribers), seen => Assert.Equal(Enumerable.Range(1, Events).Select(s => (long)s), seen));
    }

    [Fact]
    public async Task The_hub_streams_what_happened_and_then_what_happens()
    {
        await using var host = new CatDogHost();
        var run = await host.AddRunAsync(RunStatus.Running);
        await using var connection = new HubConnectionBuilder().WithUrl(new Uri(host.Http.BaseAddress!, "/hubs/runs")).Build();
        await connection.StartAsync();

        var training = Task.Run(() => TrainAsync(host, run));
        await Task.Delay(100);
        var seen = new List<JsonElement>();
        await foreach (var happened in connection.StreamAsync<JsonElement>("Watch", run.Id)) seen.Add(happened);
        await training;

        Assert.Equal(Enumerable.Range(1, Events).Select(s => (long)s), seen.Select(e => e.GetProperty("sequence").GetInt64()));
        Assert.Equal("started", seen[0].GetProperty("event").GetString());
        Assert.Equal("completed", seen[^1].GetProperty("event").GetString());
    }

    [Fact]
    public async Task The_database_keeps_epochs_once_and_forgets_those_a_resume_voids()
    {
        await using var host = new CatDogHost();
        var run = await host.AddRunAsync(RunStatus.Running);
        var recorder = host.Services.GetRequiredService<RunRecorder>();
        TrainingEvent[] first = [TestRuns.Started(1), TestRuns.Epoch(2, 1, best: true), TestRuns.Epoch(3, 2, best: true)];

        await recorder.RecordAsync(run.Id, first, CancellationToken.None);
        await recorder.RecordAsync(run.Id, [.. first, TestRuns.Started(4, fromEpoch: 1), TestRuns.Epoch(5, 2), TestRuns.Epoch(6, 3)], CancellationToken.None);

        var row = await host.DatabaseAsync(d => d.Runs.Include(r => r.Epochs).SingleAsync(r => r.Id == run.Id));
        Assert.Equal([1, 2, 3], row.Epochs.Select(e => e.Number).Order());
        Assert.Equal(6, row.LastSequence);
        Assert.Null(row.BestEpoch > 1 ? row.BestEpoch : null);
    }

    /// <summary>Writes a growing file, half lines included, as a trainer does, and records it as the follower does.</summary>
    private static async Task TrainAsync(CatDogHost host, Run run)
    {
        var folder = new RunFolder(run.Folder);
        var recorder = host.Services.GetRequiredService<RunRecorder>();
        var tail = new EventTail(folder.Events);
        for (var sequence = 1; sequence <= Events; sequence++)
        {
            var line = TestRuns.Line(sequence switch
            {
                1 => TestRuns.Started(1),
                Events => new RunCompleted { Sequence = Events, BestEpoch = 1 },
                _ => TestRuns.Batch(sequence, 1, 1 + (sequence % 10)),
            });
            await File.AppendAllTextAsync(folder.Events, line[..10]);
            if (sequence % 5 == 0) await recorder.RecordAsync(run.Id, tail.ReadNew(), CancellationToken.None);
            await File.AppendAllTextAsync(folder.Events, line[10..]);
        }

        await recorder.RecordAsync(run.Id, tail.ReadNew(), CancellationToken.None);
    }
}
