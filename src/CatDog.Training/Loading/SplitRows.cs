namespace CatDog.Training.Loading;

/// <summary>The rows of one split of a plan, as a network takes them.</summary>
/// <param name="Paths">Of the photos.</param>
/// <param name="Labels">Their class numbers; 0 where a row has no label.</param>
internal sealed record SplitRows(IReadOnlyList<string> Paths, IReadOnlyList<int> Labels)
{
    /// <exception cref="TrainingException">A row of a split that needs labels has none, or one that is no class.</exception>
    public static SplitRows Of(TrainingPlan plan, string split)
    {
        var rows = plan.Rows.Where(row => row.Split == split).ToList();
        var numbers = plan.ClassNames.Index().ToDictionary(c => c.Item, c => c.Index);
        return new([.. rows.Select(row => row.Path)], [.. rows.Select(Number)]);

        int Number(PlanRow row) => row.Label is not null && numbers.TryGetValue(row.Label, out var number)
            ? number
            : throw new TrainingException($"The sample '{row.Path}' in {split} has no label of this run's classes ({string.Join(", ", plan.ClassNames)}). Label it, or take it out of the split.");
    }
}
