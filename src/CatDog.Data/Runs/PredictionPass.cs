using CatDog.Data.Datasets;

namespace CatDog.Data.Runs;

/// <summary>One request to predict a split with a run's model, and how far it has come.</summary>
public sealed class PredictionPass
{
    public long Id { get; set; }

    public long RunId { get; set; }

    /// <summary>Null for every sample of the data set.</summary>
    public Split? Split { get; set; }

    public PredictionPassStatus Status { get; set; }

    public int Done { get; set; }

    public int Total { get; set; }

    public string? Error { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime? EndedAt { get; set; }
}
