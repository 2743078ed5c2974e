namespace CatDog.Data.Datasets;

/// <summary>A named set of photos with the classes they may be labelled with.</summary>
public sealed class Dataset
{
    public long Id { get; set; }

    public required string Name { get; set; }

    /// <summary>True for the set drawn by the program itself; it is called "drawn" everywhere it shows.</summary>
    public bool IsDrawn { get; set; }

    public DateTime CreatedAt { get; set; }

    /// <summary>In the order that gives a class its number (cat 0, dog 1).</summary>
    public List<LabelClass> Classes { get; } = [];

    /// <summary>The settings of the split that was applied last, as JSON; null before the first.</summary>
    public string? SplitSettings { get; set; }
}
