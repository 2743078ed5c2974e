namespace CatDog.Data.Datasets;

/// <summary>One distinct picture of a data set: byte-identical files are one sample with several <see cref="SampleFile"/>s.</summary>
public sealed class Sample
{
    public long Id { get; set; }

    public long DatasetId { get; set; }

    /// <summary>The last part of <see cref="Path"/>.</summary>
    public required string FileName { get; set; }

    /// <summary>The path relative to the source it was imported from, with forward slashes; shown to people, used in exports.</summary>
    public required string Path { get; set; }

    /// <summary>Where the bytes are: an absolute file path, or <c>blob:</c> and a key in the blob store.</summary>
    public required string Location { get; set; }

    /// <summary>Lower-case hex of the file's bytes; unique within the data set.</summary>
    public required string Sha256 { get; set; }

    /// <summary>The sniffed content, such as <c>image/jpeg</c>.</summary>
    public required string MediaType { get; set; }

    /// <summary>In pixels, after the EXIF orientation is applied.</summary>
    public int Width { get; set; }

    /// <summary>In pixels, after the EXIF orientation is applied.</summary>
    public int Height { get; set; }

    /// <summary>The 64-bit perceptual hash by which near-duplicates are found.</summary>
    public long PerceptualHash { get; set; }

    /// <summary>Shared by samples that look the same (re-encoded, resized); null for a picture without a twin.</summary>
    public long? DuplicateGroup { get; set; }

    /// <summary>The newest label; null where there is none. A projection of <see cref="Label"/>, written in the same transaction.</summary>
    public long? LabelClassId { get; set; }

    public LabelClass? LabelClass { get; set; }

    /// <summary>The number of label changes so far; the version of the newest <see cref="Label"/>, 0 before the first.</summary>
    public int LabelVersion { get; set; }

    public Split? Split { get; set; }

    /// <summary>A locked sample keeps its split when the set is split anew.</summary>
    public bool SplitLocked { get; set; }

    public DateTime CreatedAt { get; set; }
}
