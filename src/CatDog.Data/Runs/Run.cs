using CatDog.Data.Datasets;

namespace CatDog.Data.Runs;

/// <summary>One training run. Its folder is the whole record; this row is what pages and queries need of it.</summary>
public sealed class Run
{
    public long Id { get; set; }

    public long DatasetId { get; set; }

    public Dataset? Dataset { get; set; }

    public RunStatus Status { get; set; }

    public required string Backbone { get; set; }

    /// <summary>The hyperparameters as JSON, as in the run folder's plan.json.</summary>
    public required string Hyperparameters { get; set; }

    /// <summary>The absolute path of the run folder.</summary>
    public required string Folder { get; set; }

    /// <summary>What the child says it runs on (cpu, cuda:0); null before it has started.</summary>
    public string? Device { get; set; }

    /// <summary>The child's process id and start time: together they tell it from a later process with the same id.</summary>
    public int? ProcessId { get; set; }

    public DateTime? ProcessStartedAt { get; set; }

    /// <summary>The last event that the database has seen; reading goes on behind it.</summary>
    public long LastSequence { get; set; }

    public int? BestEpoch { get; set; }

    /// <summary>Why the run failed or was interrupted, and what to do; null where it was not.</summary>
    public string? Error { get; set; }

    /// <summary>A person asked for it to stop.</summary>
    public bool CancelRequested { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime? StartedAt { get; set; }

    public DateTime? EndedAt { get; set; }

    public List<Epoch> Epochs { get; } = [];
}
