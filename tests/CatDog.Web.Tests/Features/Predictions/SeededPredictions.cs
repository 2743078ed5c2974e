using CatDog.Data.Datasets;
using CatDog.Data.Runs;
using CatDog.Training;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CatDog.Web.Tests.Features.Predictions;

/// <summary>A run whose predictions are rows only: nothing here looks at their photos.</summary>
internal static class SeededPredictions
{
    /// <param name="labels">Each photo's label; null for unlabeled.</param>
    /// <param name="dogs">Each photo's probability of a dog.</param>
    /// <returns>The run's id and its samples' ids in order.</returns>
    public static async Task<(long Run, IReadOnlyList<long> Samples)> AddAsync(
        CatDogHost host, IReadOnlyList<string?> labels, IReadOnlyList<double> dogs, Func<int, string>? path = null, Func<int, Split?>? split = null)
    {
        var (run, classes) = await AddRunAsync(host);
        var dataset = await host.DatabaseAsync(d => d.Runs.Where(r => r.Id == run).Select(r => r.DatasetId).SingleAsync());
        var samples = labels.Select((label, i) => NewSample(dataset, i, path?.Invoke(i) ?? $"photos/{i:d5}.jpg", label is null ? null : classes[label], split?.Invoke(i) ?? Split.Test)).ToList();
        await host.DatabaseAsync(async database =>
        {
            database.AddRange(samples);
            await database.SaveChangesAsync();
            database.AddRange(samples.Zip(dogs, (s, dog) => New(run, s, classes[dog >= 0.5 ? "dog" : "cat"], dog)));
            return await database.SaveChangesAsync();
        });
        return (run, [.. samples.Select(s => s.Id)]);
    }

    public static async Task<(long Run, IReadOnlyDictionary<string, long> Classes)> AddRunAsync(CatDogHost host, RunStatus status = RunStatus.Completed)
    {
        var dataset = await host.Services.GetRequiredService<DatasetService>().CreateAsync("pets", ["cat", "dog"]);
        var run = new Run
        {
            DatasetId = dataset.Id,
            Status = status,
            Backbone = "small_cnn",
            Hyperparameters = "{}",
            Folder = Path.Combine(host.DataPath, "runs", "1"),
            CreatedAt = DateTime.UtcNow,
        };
        await host.DatabaseAsync(database =>
        {
            database.Add(run);
            return database.SaveChangesAsync();
        });
        var classes = await host.DatabaseAsync(d => d.LabelClasses.ToDictionaryAsync(c => c.Name, c => c.Id));
        return (run.Id, classes);
    }

    /// <summary>Says that a run has a model, which cannot be loaded.</summary>
    public static async Task BreakModelAsync(CatDogHost host, long run)
    {
        var folder = new RunFolder(await host.DatabaseAsync(d => d.Runs.Where(r => r.Id == run).Select(r => r.Folder).SingleAsync()));
        Directory.CreateDirectory(folder.Model);
        await File.WriteAllTextAsync(
            ModelFolder.DescriptionPath(folder.Model),
            """{"schemaVersion":1,"backbone":"small_cnn","classNames":["cat","dog"],"preprocessing":{"side":64,"mean":[0.5,0.5,0.5],"std":[0.5,0.5,0.5]}}""");
    }

    private static Prediction New(long run, Sample sample, long predicted, double dog) => new()
    {
        RunId = run,
        SampleId = sample.Id,
        Split = sample.Split,
        PredictedClassId = predicted,
        Confidence = Math.Max(dog, 1 - dog),
        Probabilities = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"[{1 - dog},{dog}]"),
    };

    private static Sample NewSample(long dataset, int i, string path, long? label, Split? split) => new()
    {
        DatasetId = dataset,
        FileName = path[(path.LastIndexOf('/') + 1)..],
        Path = path,
        Location = $"/nowhere/{path}",
        Sha256 = $"{i:d64}",
        MediaType = "image/jpeg",
        Width = 640,
        Height = 480,
        LabelClassId = label,
        LabelVersion = label is null ? 0 : 1,
        Split = split,
    };
}
