using CatDog.Training;

namespace CatDog.Web.Features.Runs;

/// <summary>What a run's events add up to, as a page shows it.</summary>
public sealed class RunTimeline
{
    public const int MaximumLogLines = 200;

    private readonly List<EpochFinished> _epochs = [];
    private readonly Queue<Logged> _log = [];
    private BatchCurve _batches = new();

    public IReadOnlyList<EpochFinished> Epochs => _epochs;

    public IReadOnlyList<BatchPoint> Batches => _batches.Points;

    public IReadOnlyCollection<Logged> Log => _log;

    public RunStarted? Started { get; private set; }

    /// <summary>The last batch of the epoch that is being trained; null between a start and its first batch.</summary>
    public BatchFinished? Batch { get; private set; }

    public CheckpointSaved? Checkpoint { get; private set; }

    public long LastSequence { get; private set; }

    public EpochFinished? Best => _epochs.LastOrDefault(e => e.Best);

    /// <summary>Adds what happened; an event that is in already changes nothing.</summary>
    public void Apply(TrainingEvent happened)
    {
        if (happened.Sequence <= LastSequence) return;
        LastSequence = happened.Sequence;
        switch (happened)
        {
            case RunStarted started:
                Started = started;
                Batch = null;
                _epochs.RemoveAll(e => e.Epoch > started.FromEpoch);
                _batches.RemoveAfter(started.FromEpoch);
                break;
            case BatchFinished batch:
                Batch = batch;
                _batches.Add(batch);
                break;
            case EpochFinished epoch:
                _epochs.RemoveAll(e => e.Epoch == epoch.Epoch);
                _epochs.Add(epoch);
                break;
            case CheckpointSaved checkpoint:
                Checkpoint = checkpoint;
                break;
            case Logged logged:
                _log.Enqueue(logged);
                if (_log.Count > MaximumLogLines) _log.Dequeue();
                break;
        }
    }

    public RunTimeline Copy()
    {
        var copy = new RunTimeline { Started = Started, Batch = Batch, Checkpoint = Checkpoint, LastSequence = LastSequence };
        copy._epochs.AddRange(_epochs);
        foreach (var logged in _log) copy._log.Enqueue(logged);
        copy._batches = _batches.Copy();
        return copy;
    }
}
