using System.Diagnostics;
using CatDog.Training.Loading;
using CatDog.Training.Metrics;

namespace CatDog.Training;

/// <summary>Trains as a plan says, and tells what happens.</summary>
public static class Trainer
{
    /// <summary>
    /// A lazy iterator on the caller's thread: each event is given when it has happened, and nothing goes on between two of them.
    /// Asked to cancel, it finishes the batch, and what it saved at the last epoch's end is what a resumed run goes on from.
    /// </summary>
    /// <exception cref="TrainingException">The run cannot begin or go on; the message says why.</exception>
    public static IEnumerable<TrainingEvent> Fit(TrainingPlan plan, RunFolder folder, bool resume, CancellationToken cancellation)
    {
        using var run = TrainingSession.Open(plan, folder, resume);
        yield return run.Describe();
        foreach (var remark in run.Prepare(cancellation)) yield return remark;

        for (var epoch = run.State.Epoch + 1; epoch <= plan.Hyperparameters.Epochs; epoch++)
        {
            var progress = new EpochProgress(epoch, run.Train.BatchCount);
            run.BeginTraining(epoch);
            foreach (var batch in run.Train.Epoch(epoch))
            {
                if (cancellation.IsCancellationRequested) break;
                foreach (var remark in run.RemarksOn(batch)) yield return remark;
                if (batch.Count == 0) continue;
                progress.Rate = LearningRateSchedule.At(plan.Hyperparameters, epoch, batch.Number, run.Train.BatchCount);
                progress.Add(run.Step(epoch, batch, progress.Rate));
                if (progress.IsDue(batch)) yield return progress.Tell(batch);
            }

            run.RequireSamples(progress.Train, cancellation);
            run.BeginValidation();
            foreach (var batch in run.Validation.Epoch(0))
            {
                if (cancellation.IsCancellationRequested) break;
                foreach (var remark in run.RemarksOn(batch)) yield return remark;
                if (batch.Count > 0) progress.Validation += run.Evaluate(batch);
            }

            if (cancellation.IsCancellationRequested) break;
            foreach (var happened in run.FinishEpoch(progress)) yield return happened;
        }

        if (run.State.Epoch < plan.Hyperparameters.Epochs)
            yield return new RunInterrupted { Epoch = run.State.Epoch };
        else
            yield return run.Complete();
    }
}

/// <summary>How an epoch goes.</summary>
internal sealed class EpochProgress(int epoch, int batches)
{
    private static readonly TimeSpan BetweenEvents = TimeSpan.FromMilliseconds(100);
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _toldAt = -BetweenEvents;
    private Score _last;

    public int Epoch => epoch;

    public Score Train { get; private set; }

    public Score Validation { get; set; }

    public double Rate { get; set; }

    public double Seconds => _clock.Elapsed.TotalSeconds;

    public void Add(Score batch) => Train += _last = batch;

    public bool IsDue(Batch batch) => batch.Number == batches || _clock.Elapsed - _toldAt >= BetweenEvents;

    public BatchFinished Tell(Batch batch)
    {
        _toldAt = _clock.Elapsed;
        return new()
        {
            Epoch = epoch,
            Batch = batch.Number,
            Batches = batches,
            Loss = _last.Loss,
            Accuracy = Train.Accuracy,
            ImagesPerSecond = Train.Samples / Seconds,
            LearningRate = Rate,
            MemoryBytes = Environment.WorkingSet,
        };
    }
}
