using System.Text.Json.Serialization;

namespace CatDog.Training;

/// <summary>One thing that happened in a run; one line of <c>events.jsonl</c>.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "event")]
[JsonDerivedType(typeof(RunStarted), "started")]
[JsonDerivedType(typeof(BatchFinished), "batch")]
[JsonDerivedType(typeof(EpochFinished), "epoch")]
[JsonDerivedType(typeof(CheckpointSaved), "checkpoint")]
[JsonDerivedType(typeof(Logged), "log")]
[JsonDerivedType(typeof(RunCompleted), "completed")]
[JsonDerivedType(typeof(RunInterrupted), "interrupted")]
[JsonDerivedType(typeof(RunFailed), "failed")]
public abstract record TrainingEvent
{
    /// <summary>From 1, without gaps over the whole life of a run, resumes included. Given by the writer of the file.</summary>
    public long Sequence { get; init; }

    /// <summary>UTC. Given by the writer of the file.</summary>
    public DateTimeOffset Time { get; init; }
}

/// <summary>The child has loaded everything and begins, or goes on.</summary>
public sealed record RunStarted : TrainingEvent
{
    /// <summary>0 for a new run; otherwise the last whole epoch of the checkpoint. What was told of later epochs is void.</summary>
    public int FromEpoch { get; init; }

    /// <summary><c>cpu</c> or <c>cuda:0</c>.</summary>
    public required string Device { get; init; }

    public int Threads { get; init; }

    public required string Backbone { get; init; }

    /// <summary>One sentence for people: where the initial weights come from, or that they are random.</summary>
    public required string InitialWeights { get; init; }

    public int TrainSamples { get; init; }

    public int ValSamples { get; init; }

    public int BatchesPerEpoch { get; init; }

    public long Parameters { get; init; }

    public long TrainableParameters { get; init; }
}

/// <summary>A training batch is done. Not every batch is told: at most about ten a second.</summary>
public sealed record BatchFinished : TrainingEvent
{
    /// <summary>From 1.</summary>
    public int Epoch { get; init; }

    /// <summary>From 1, within the epoch.</summary>
    public int Batch { get; init; }

    public int Batches { get; init; }

    /// <summary>Mean loss of this batch.</summary>
    public double Loss { get; init; }

    /// <summary>Share of the epoch's samples so far that were right.</summary>
    public double Accuracy { get; init; }

    public double ImagesPerSecond { get; init; }

    public double LearningRate { get; init; }

    /// <summary>Resident memory of the child in bytes.</summary>
    public long MemoryBytes { get; init; }
}

/// <summary>An epoch is trained and validated. Losses are means over samples, accuracies are in 0..1.</summary>
public sealed record EpochFinished : TrainingEvent
{
    public int Epoch { get; init; }

    public double TrainLoss { get; init; }

    public double TrainAccuracy { get; init; }

    public double? ValLoss { get; init; }

    public double? ValAccuracy { get; init; }

    public double LearningRate { get; init; }

    public double Seconds { get; init; }

    /// <summary>It has the best validation accuracy so far (ties: the lower loss).</summary>
    public bool Best { get; init; }
}

/// <summary>A checkpoint is on disk.</summary>
public sealed record CheckpointSaved : TrainingEvent
{
    public int Epoch { get; init; }

    /// <summary><c>last</c> or <c>best</c>.</summary>
    public required string Checkpoint { get; init; }
}

/// <summary>A remark for the log, such as an unreadable photo that was passed over.</summary>
public sealed record Logged : TrainingEvent
{
    /// <summary><c>information</c>, <c>warning</c> or <c>error</c>.</summary>
    public required string Level { get; init; }

    public required string Message { get; init; }
}

/// <summary>The run is done and its model written.</summary>
public sealed record RunCompleted : TrainingEvent
{
    public int BestEpoch { get; init; }

    public double Seconds { get; init; }
}

/// <summary>The run was asked to stop and has saved what it needs to go on.</summary>
public sealed record RunInterrupted : TrainingEvent
{
    /// <summary>The last whole epoch.</summary>
    public int Epoch { get; init; }
}

/// <summary>The run cannot go on.</summary>
public sealed record RunFailed : TrainingEvent
{
    /// <summary>What went wrong and what to do about it.</summary>
    public required string Error { get; init; }
}
