using CatDog.Data;
using CatDog.Data.Datasets;
using CatDog.Training;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Runs;

/// <summary>Writes down which samples a run learns from, is checked on, and is tested on.</summary>
internal sealed class RunPlanner(SampleLocations locations)
{
    /// <exception cref="UserException">400: there is nothing to learn from or to check on; 404: there is no such data set.</exception>
    public async Task<TrainingPlan> PlanAsync(AppDbContext database, long datasetId, Hyperparameters hyperparameters, CancellationToken cancellation)
    {
        if (!await database.Datasets.AnyAsync(d => d.Id == datasetId, cancellation))
            throw UserException.NotFound($"There is no data set {datasetId}. GET /api/datasets lists those there are.");
        var classes = await database.LabelClasses.Where(c => c.DatasetId == datasetId).OrderBy(c => c.Index).ToListAsync(cancellation);
        var names = classes.ToDictionary(c => c.Id, c => c.Name);
        var samples = await database.Samples
            .Where(s => s.DatasetId == datasetId && (s.Split == Split.Test || (s.Split != null && s.LabelClassId != null)))
            .OrderBy(s => s.Id)
            .Select(s => new { s.Id, s.Location, s.Sha256, s.LabelClassId, s.Split })
            .ToListAsync(cancellation);
        Require(samples.Count(s => s.Split == Split.Train), "train", "to learn from");
        Require(samples.Count(s => s.Split == Split.Val), "val", "to check itself on");
        return new()
        {
            Hyperparameters = hyperparameters,
            ClassNames = [.. classes.Select(c => c.Name)],
            Rows = [.. samples.Select(s => new PlanRow(
                s.Id, locations.Resolve(s.Location), s.Sha256, s.LabelClassId is { } label ? names[label] : null, SplitName.From(s.Split)!))],
        };
    }

    private static void Require(int count, string split, string purpose)
    {
        if (count == 0)
            throw new UserException($"The {split} split has no labelled samples {purpose}. Label some samples and split the data set first (its Split page, or PUT /api/datasets/{{id}}/split).");
    }
}
