namespace CatDog.Data.Datasets;

/// <summary>A file that holds a sample's bytes. Lets a second import of the same source recognise a file without reading it.</summary>
public sealed class SampleFile
{
    public long Id { get; set; }

    public long DatasetId { get; set; }

    public long SampleId { get; set; }

    /// <summary>The source and the path within it, such as <c>/photos/cats/a.jpg</c> or <c>/photos.zip!cats/a.jpg</c>; unique within the data set.</summary>
    public required string Origin { get; set; }

    /// <summary>In bytes.</summary>
    public long Size { get; set; }

    public DateTime ModifiedAt { get; set; }
}
