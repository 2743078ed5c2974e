namespace CatDog.Data.Datasets;

/// <summary>How many samples of a data set have a label and a split. Kept by database triggers, so that no page ever counts samples.</summary>
public sealed class SampleCount
{
    public long DatasetId { get; set; }

    /// <summary>0 for unlabeled.</summary>
    public long LabelClassId { get; set; }

    /// <summary>The <see cref="Datasets.Split"/>'s number; −1 for no split.</summary>
    public int Split { get; set; }

    public long Count { get; set; }
}
