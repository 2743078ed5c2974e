using CatDog.Web.Features.Datasets;

namespace CatDog.Web.Features.Predictions;

/// <summary>How many predictions of a run share a split, a label, a predicted class and a confidence.</summary>
/// <param name="Split"><c>train</c>, <c>val</c>, <c>test</c>; null for none.</param>
/// <param name="Label">A class name; null for unlabeled.</param>
/// <param name="Bin">The confidence in steps of 1/<see cref="PredictionCounts.Bins"/>, from 0.</param>
public sealed record PredictionCount(string? Split, string? Label, string Predicted, int Bin, long Count)
{
    public bool? IsCorrect => Label is null ? null : Label == Predicted;
}

/// <summary>Every figure a page shows of a run's predictions, from one look at the database.</summary>
/// <param name="Classes">Class names in the order of their numbers.</param>
public sealed record PredictionCounts(IReadOnlyList<string> Classes, IReadOnlyList<PredictionCount> Cells)
{
    public const int Bins = 20;

    public long Total => Cells.Sum(c => c.Count);

    public long Labelled => Sum(c => c.Label is not null);

    public long Correct => Sum(c => c.IsCorrect == true);

    public long Wrong => Sum(c => c.IsCorrect == false);

    /// <summary>0..1, of the labelled ones; null where nothing is labelled.</summary>
    public double? Accuracy => Labelled == 0 ? null : (double)Correct / Labelled;

    public long Sum(Func<PredictionCount, bool> of) => Cells.Where(of).Sum(c => c.Count);

    public PredictionCounts InSplit(string? split) => split is null ? this : this with { Cells = [.. Cells.Where(c => (c.Split ?? PredictionQuery.None) == split)] };

    /// <summary>How many a query finds, but for its run.</summary>
    public long Matching(PredictionQuery query) => Sum(c =>
        (query.Split is null || Same(query.Split, c.Split ?? PredictionQuery.None))
        && (query.Predicted is null || Same(query.Predicted, c.Predicted))
        && (query.Label is null || Same(query.Label, c.Label ?? PredictionQuery.None))
        && (query.Correct is null || c.IsCorrect == bool.Parse(query.Correct)));

    private static bool Same(string a, string b) => a.Equals(b, StringComparison.OrdinalIgnoreCase);
}
