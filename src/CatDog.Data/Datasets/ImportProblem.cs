namespace CatDog.Data.Datasets;

/// <summary>A file that an import could not use, or used with a remark, and why.</summary>
public sealed class ImportProblem
{
    public long Id { get; set; }

    public long ImportId { get; set; }

    public required string Path { get; set; }

    public required string Reason { get; set; }
}
