using CatDog.Data.Datasets;

namespace CatDog.Web.Features.Splits;

/// <summary>How many samples of each class are in each split.</summary>
/// <param name="Classes">Class names in the order of their numbers.</param>
/// <param name="Changed">How many samples would be, or were, in another split than before.</param>
/// <param name="Locked">How many samples kept their split because they are locked.</param>
public sealed record SplitCounts(IReadOnlyList<string> Classes, IReadOnlyDictionary<(Split? Split, string? Label), int> Counts, int Changed, int Locked)
{
    public const string Unlabeled = "unlabeled";

    /// <param name="label">Null for unlabeled.</param>
    public int Of(Split? split, string? label) => Counts.GetValueOrDefault((split, label));

    public int Of(Split? split) => Counts.Where(c => c.Key.Split == split).Sum(c => c.Value);

    public int Total => Counts.Values.Sum();

    /// <summary>As JSON: train, val and test, each with a number a class.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, int>> ByName() => new Dictionary<string, IReadOnlyDictionary<string, int>>
    {
        ["train"] = ClassesOf(Split.Train),
        ["val"] = ClassesOf(Split.Val),
        ["test"] = ClassesOf(Split.Test),
    };

    private Dictionary<string, int> ClassesOf(Split split)
    {
        var counts = Classes.ToDictionary(c => c, c => Of(split, c));
        if (Of(split, null) is > 0 and var unlabeled) counts[Unlabeled] = unlabeled;
        return counts;
    }
}
