namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>Something that a source holds: a file to be read or, with a <see cref="Refusal"/>, something that is not imported.</summary>
/// <param name="Path">Relative to the source, with forward slashes.</param>
/// <param name="Origin">The source and the path: what tells this file from all others.</param>
internal sealed record SourceEntry(string Path, string Origin)
{
    public long Size { get; init; }

    public DateTime ModifiedAt { get; init; }

    /// <summary>The absolute path, for a file that is referenced where it is; null for one whose bytes are to be copied.</summary>
    public string? Location { get; init; }

    /// <summary>The label that a .csv source gives it.</summary>
    public string? Label { get; init; }

    public string? Refusal { get; init; }

    public Func<byte[]> Read { get; init; } = () => [];

    public string FileName => Path[(Path.LastIndexOf('/') + 1)..];
}
