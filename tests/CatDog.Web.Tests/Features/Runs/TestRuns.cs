using System.Text.Json;
using CatDog.Data.Runs;
using CatDog.Training;
using CatDog.Web.Features.Runs;
using CatDog.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Tests.Features.Runs;

/// <summary>Runs with events that a test writes itself, as the trainer would.</summary>
internal static class TestRuns
{
    public static async Task<Run> AddRunAsync(this CatDogHost host, RunStatus status, string? error = null, bool cancelRequested = false)
    {
        var dataset = await host.AddAsync(2);
        return await host.DatabaseAsync(async database =>
        {
            var run = new Run
            {
                DatasetId = dataset,
                Status = status,
                Backbone = "small_cnn",
                Hyperparameters = JsonSerializer.Serialize(new Hyperparameters(), TrainingJson.Line),
                Folder = Path.Combine(host.DataPath, "runs", Guid.NewGuid().ToString("N")),
                Error = error,
                CancelRequested = cancelRequested,
                CreatedAt = DateTime.UtcNow,
            };
            Directory.CreateDirectory(run.Folder);
            database.Add(run);
            await database.SaveChangesAsync();
            return run;
        });
    }

    public static string Line(TrainingEvent happened) => JsonSerializer.Serialize(happened, TrainingJson.Line) + "\n";

    public static RunStarted Started(long sequence, int fromEpoch = 0) =>
        new() { Sequence = sequence, FromEpoch = fromEpoch, Device = "cpu", Backbone = "small_cnn", InitialWeights = "Random.", BatchesPerEpoch = 10 };

    public static BatchFinished Batch(long sequence, int epoch, int batch) =>
        new() { Sequence = sequence, Epoch = epoch, Batch = batch, Batches = 10, Loss = 0.5, Accuracy = 0.75, ImagesPerSecond = 20 };

    public static EpochFinished Epoch(long sequence, int epoch, bool best = false) =>
        new() { Sequence = sequence, Epoch = epoch, TrainLoss = 0.4, TrainAccuracy = 0.8, ValLoss = 0.5, ValAccuracy = 0.7 + (epoch / 100.0), Seconds = 1, Best = best };

    /// <summary>Waits until a run is over, or fails the test.</summary>
    public static async Task<Run> WaitForAsync(this CatDogHost host, long runId, Func<Run, bool> condition, int seconds = 120)
    {
        for (var tries = 0; tries < seconds * 5; tries++)
        {
            var run = await host.DatabaseAsync(d => d.Runs.AsNoTracking().Include(r => r.Epochs).SingleAsync(r => r.Id == runId));
            if (condition(run)) return run;
            await Task.Delay(200);
        }

        var last = await host.DatabaseAsync(d => d.Runs.AsNoTracking().SingleAsync(r => r.Id == runId));
        throw new TimeoutException($"Run {runId} is {last.Status}: {last.Error}");
    }
}
