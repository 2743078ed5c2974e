namespace CatDog.Training.Scripting;

/// <summary>Makes a plan of a folder of images and CSV files, with no database.</summary>
/// <param name="Plan">Ready to save.</param>
/// <param name="Missing">Names in the CSV files for which there is no photo.</param>
public sealed record ScriptPlan(TrainingPlan Plan, IReadOnlyList<string> Missing)
{
    /// <param name="images">The folder of photos.</param>
    /// <param name="splits">Each split's rows; <c>train</c>, <c>val</c> or <c>test</c>.</param>
    /// <param name="hyperparameters">Of the run.</param>
    /// <exception cref="TrainingException">Labels are missing, there are less than two classes, or no training photo is found.</exception>
    public static ScriptPlan Make(string images, IReadOnlyList<(string Split, IReadOnlyList<ArticleRow> Rows)> splits, Hyperparameters hyperparameters)
    {
        var index = PhotoIndex.Of(images);
        var labelled = splits.Where(s => s.Split != "test").SelectMany(s => s.Rows).ToList();
        if (labelled.FirstOrDefault(row => row.Label is null) is { } bare)
            throw new TrainingException($"'{bare.FileName}' has no label. Every row to train or validate with needs one.");
        string[] classNames = [.. labelled.Select(row => row.Label!).Distinct().Order(StringComparer.Ordinal)];
        if (classNames.Length < 2) throw new TrainingException("The CSV files name only one class. Training needs at least two, such as cat and dog.");
        var rows = new List<PlanRow>();
        var missing = new List<string>();
        var id = 0L;
        foreach (var (split, article) in splits)
        {
            foreach (var row in article)
            {
                id++;
                if (index.Find(row.FileName, row.Label is null ? [split] : [row.Label, split]) is { } path) rows.Add(new(id, path, null, row.Label, split));
                else missing.Add(row.FileName);
            }
        }

        if (rows.All(row => row.Split != "train"))
            throw new TrainingException($"None of the training photos is in '{images}'; the first is '{missing.FirstOrDefault()}'. Check --images.");
        return new(new() { Hyperparameters = hyperparameters, ClassNames = classNames, Rows = rows }, missing);
    }
}
