namespace CatDog.Data.Runs;

/// <summary>What one epoch of a run reached. Losses are mean cross entropy per sample, accuracies are in 0..1.</summary>
public sealed class Epoch
{
    public long RunId { get; set; }

    /// <summary>From 1.</summary>
    public int Number { get; set; }

    public double TrainLoss { get; set; }

    public double TrainAccuracy { get; set; }

    public double? ValLoss { get; set; }

    public double? ValAccuracy { get; set; }

    public double LearningRate { get; set; }

    public double Seconds { get; set; }
}
