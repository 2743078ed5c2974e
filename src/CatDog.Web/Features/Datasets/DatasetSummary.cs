using CatDog.Data.Datasets;

namespace CatDog.Web.Features.Datasets;

/// <summary>A data set as pages and programs see it, with its counts.</summary>
/// <param name="Classes">Class names in the order of their numbers.</param>
/// <param name="Counts">Samples per label and split; only those that are not 0.</param>
public sealed record DatasetSummary(long Id, string Name, bool IsDrawn, DateTime CreatedAt, IReadOnlyList<string> Classes, IReadOnlyList<LabelSplitCount> Counts)
{
    public long Samples => Counts.Sum(c => c.Count);

    public long Unlabeled => Counts.Where(c => c.Label is null).Sum(c => c.Count);

    internal static DatasetSummary From(Dataset dataset, IEnumerable<SampleCount> counts)
    {
        var names = dataset.Classes.ToDictionary(c => c.Id, c => c.Name);
        return new(
            dataset.Id, dataset.Name, dataset.IsDrawn, dataset.CreatedAt,
            [.. dataset.Classes.OrderBy(c => c.Index).Select(c => c.Name)],
            [.. counts.Select(c => new LabelSplitCount(names.GetValueOrDefault(c.LabelClassId), SplitName.From(c.Split < 0 ? null : (Split)c.Split), c.Count))]);
    }
}

/// <param name="Label">Null for unlabeled.</param>
/// <param name="Split"><c>train</c>, <c>val</c>, <c>test</c>; null for none.</param>
public sealed record LabelSplitCount(string? Label, string? Split, long Count);
