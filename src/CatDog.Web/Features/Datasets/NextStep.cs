using System.Globalization;
using MudBlazor;

namespace CatDog.Web.Features.Datasets;

/// <summary>What there is to do with a data set.</summary>
internal sealed record NextStep(string Text, string Url, string Icon)
{
    /// <summary>The most useful first; never empty.</summary>
    public static IReadOnlyList<NextStep> Of(DatasetSummary dataset)
    {
        var root = string.Create(CultureInfo.InvariantCulture, $"datasets/{dataset.Id}");
        if (dataset.Samples == 0) return [new("Import photos", root, Icons.Material.Outlined.AddPhotoAlternate)];

        var steps = new List<NextStep>();
        var isSplit = dataset.Counts.Any(c => c.Split == "train") && dataset.Counts.Any(c => c.Split == "val");
        var train = new NextStep("Train", root + "/runs/new", Icons.Material.Outlined.ModelTraining);
        if (dataset.Unlabeled > 0)
            steps.Add(new(string.Create(CultureInfo.InvariantCulture, $"Label the {dataset.Unlabeled:N0} unlabeled"), root + "/label?label=none", Icons.Material.Outlined.NewLabel));
        if (isSplit) steps.Add(train);
        steps.Add(new(isSplit ? "Split anew" : "Split", root + "/split", Icons.Material.Outlined.CallSplit));
        steps.Add(new("Browse the photos", root + "/label", Icons.Material.Outlined.PhotoLibrary));
        // A set that is nearly labelled is ready to go on.
        if (isSplit && dataset.Unlabeled > 0 && dataset.Unlabeled * 10 < dataset.Samples) (steps[0], steps[1]) = (steps[1], steps[0]);
        return steps;
    }
}
