namespace CatDog.Data.Datasets;

/// <summary>One class of a data set, such as cat or dog.</summary>
public sealed class LabelClass
{
    public long Id { get; set; }

    public long DatasetId { get; set; }

    /// <summary>The class's number in models and files, from 0, without gaps.</summary>
    public int Index { get; set; }

    public required string Name { get; set; }
}
