using CatDog.Data.Datasets;
using CatDog.Data.Runs;
using CatDog.Training;
using CatDog.Web.Features.Predictions;
using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Runs;

/// <summary>Follows one run from its start, or from wherever the database stopped, to its trainer's end.</summary>
internal sealed class RunFollower(RunRecorder recorder, PredictionService predictions, TimeProvider clock)
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Long enough for a slow batch and the writing of a big checkpoint.</summary>
    private static readonly TimeSpan StopGrace = TimeSpan.FromSeconds(90);

    public async Task FollowAsync(long runId, RunFolder folder, TrainerProcess trainer, CancellationToken cancellation)
    {
        var tail = new EventTail(folder.Events);
        DateTimeOffset? askedAt = null;
        while (true)
        {
            // Asked before reading: what a trainer wrote last must be read after its death.
            var alive = trainer.IsAlive;
            var state = await recorder.RecordAsync(runId, tail.ReadNew(), cancellation);
            if (!alive)
            {
                await recorder.RecordEndAsync(runId, TrainerEnd.Explain(trainer.ExitCode, folder), cancellation);
                if (state.Status == RunStatus.Completed) await PredictTestPhotosAsync(runId, cancellation);
                return;
            }

            if (state is { CancelRequested: true, IsOver: false }) askedAt = Stop(trainer, askedAt);
            await Task.Delay(PollInterval, cancellation);
        }
    }

    private async Task PredictTestPhotosAsync(long runId, CancellationToken cancellation)
    {
        try
        {
            await predictions.RequestAsync(runId, Split.Test, cancellation);
        }
        catch (UserException)
        {
            // No photo is in the test split: the page offers the other splits.
        }
    }

    private DateTimeOffset Stop(TrainerProcess trainer, DateTimeOffset? askedAt)
    {
        var now = clock.GetUtcNow();
        if (askedAt is null) trainer.AskToStop();
        else if (now - askedAt > StopGrace) trainer.Kill();
        return askedAt ?? now;
    }
}
