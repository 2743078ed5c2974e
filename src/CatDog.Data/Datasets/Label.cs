namespace CatDog.Data.Datasets;

/// <summary>
/// One decision about a sample's class. Rows are only ever added: the newest counts, and undoing is a new row as well.
/// </summary>
public sealed class Label
{
    public long Id { get; set; }

    public long SampleId { get; set; }

    /// <summary>1 for the sample's first label, then without gaps; unique together with the sample.</summary>
    public int Version { get; set; }

    public long? FromClassId { get; set; }

    /// <summary>Null where the label was cleared.</summary>
    public long? ToClassId { get; set; }

    public LabelSource Source { get; set; }

    /// <summary>Who decided: a person's name, or the import or run it came from.</summary>
    public required string Actor { get; set; }

    /// <summary>Shared by the rows of one action, so that it can be undone as one.</summary>
    public Guid ActionId { get; set; }

    public DateTime CreatedAt { get; set; }
}
