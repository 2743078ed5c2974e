using CatDog.Data;
using CatDog.Data.Runs;
using CatDog.Training;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Runs;

/// <summary>Writes what a run's trainer told into the database, then tells the feed.</summary>
internal sealed class RunRecorder(IDbContextFactory<AppDbContext> databases, RunFeed feed, TimeProvider clock)
{
    /// <summary>Records the events that the database has not seen. All of them are in, or none.</summary>
    public async Task<RunState> RecordAsync(long runId, IReadOnlyList<TrainingEvent> events, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var runs = events.Count == 0 ? database.Runs.AsNoTracking() : database.Runs.Include(r => r.Epochs);
        var run = await runs.SingleAsync(r => r.Id == runId, cancellation);
        foreach (var happened in events.Where(e => e.Sequence > run.LastSequence))
        {
            Apply(run, happened);
            run.LastSequence = happened.Sequence;
        }

        await database.SaveChangesAsync(cancellation);
        await feed.PublishAsync(runId, events, RunState.Of(run));
        return RunState.Of(run);
    }

    /// <summary>Records that the trainer is gone. Where its events told the end already, that stands.</summary>
    public async Task RecordEndAsync(long runId, TrainerEnd end, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var run = await database.Runs.SingleAsync(r => r.Id == runId, cancellation);
        if (run.Status != RunStatus.Running) return;
        run.Status = run.CancelRequested ? RunStatus.Canceled : end.IsFailure ? RunStatus.Failed : RunStatus.Interrupted;
        run.Error = run.CancelRequested ? "It was ended before it could save; resuming goes on from the last checkpoint." : end.Reason;
        run.EndedAt = clock.GetUtcNow().UtcDateTime;
        await database.SaveChangesAsync(cancellation);
        await feed.PublishAsync(runId, [], RunState.Of(run));
    }

    private static void Apply(Run run, TrainingEvent happened)
    {
        switch (happened)
        {
            case RunStarted started:
                run.Device = started.Device;
                run.StartedAt ??= started.Time.UtcDateTime;
                run.Epochs.RemoveAll(e => e.Number > started.FromEpoch);
                if (run.BestEpoch > started.FromEpoch) run.BestEpoch = null;
                break;
            case EpochFinished epoch:
                run.Epochs.RemoveAll(e => e.Number == epoch.Epoch);
                run.Epochs.Add(ToRow(run.Id, epoch));
                if (epoch.Best) run.BestEpoch = epoch.Epoch;
                break;
            case RunCompleted completed:
                run.BestEpoch = completed.BestEpoch;
                End(run, RunStatus.Completed, null, happened.Time);
                break;
            case RunInterrupted interrupted:
                if (run.CancelRequested) End(run, RunStatus.Canceled, null, happened.Time);
                else End(run, RunStatus.Interrupted, $"Its process was asked to stop after epoch {interrupted.Epoch}. Resume it to go on from there.", happened.Time);
                break;
            case RunFailed failed:
                End(run, RunStatus.Failed, failed.Error, happened.Time);
                break;
        }
    }

    private static void End(Run run, RunStatus status, string? error, DateTimeOffset time) =>
        (run.Status, run.Error, run.EndedAt) = (status, error, time.UtcDateTime);

    private static Epoch ToRow(long runId, EpochFinished epoch) => new()
    {
        RunId = runId,
        Number = epoch.Epoch,
        TrainLoss = epoch.TrainLoss,
        TrainAccuracy = epoch.TrainAccuracy,
        ValLoss = epoch.ValLoss,
        ValAccuracy = epoch.ValAccuracy,
        LearningRate = epoch.LearningRate,
        Seconds = epoch.Seconds,
    };
}
