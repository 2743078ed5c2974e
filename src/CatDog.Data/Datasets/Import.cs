namespace CatDog.Data.Datasets;

/// <summary>One import of a source into a data set, with its report.</summary>
public sealed class Import
{
    public long Id { get; set; }

    public long DatasetId { get; set; }

    /// <summary>The folder, zip or CSV as it was given.</summary>
    public required string Source { get; set; }

    /// <summary>What the import was asked for, as JSON, so that a killed one can go on.</summary>
    public required string Request { get; set; }

    public ImportStatus Status { get; set; }

    public int Found { get; set; }

    public int Imported { get; set; }

    public int Duplicates { get; set; }

    public int Skipped { get; set; }

    /// <summary>Why the whole import failed; null where it did not.</summary>
    public string? Error { get; set; }

    public DateTime CreatedAt { get; set; }

    public DateTime? StartedAt { get; set; }

    public DateTime? EndedAt { get; set; }

    public List<ImportProblem> Problems { get; } = [];
}
