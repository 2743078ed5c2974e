using CatDog.Data.Datasets;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CatDog.Web.Tests.Features.Labeling;

/// <summary>A data set of cats and dogs whose samples are rows only: nothing here looks at their photos.</summary>
internal static class SeededSamples
{
    /// <returns>The data set's id and its samples' ids in order; none has a label yet.</returns>
    public static async Task<(long Dataset, IReadOnlyList<long> Samples)> AddAsync(CatDogHost host, int count, Func<int, string>? path = null, string name = "pets")
    {
        var dataset = await host.Services.GetRequiredService<DatasetService>().CreateAsync(name, ["cat", "dog"]);
        var samples = Enumerable.Range(0, count).Select(i => New(dataset.Id, i, path?.Invoke(i) ?? $"photos/{i:d5}.jpg")).ToList();
        await host.DatabaseAsync(async database =>
        {
            database.AddRange(samples);
            return await database.SaveChangesAsync();
        });
        return (dataset.Id, [.. samples.Select(s => s.Id).Order()]);
    }

    private static Sample New(long dataset, int i, string path) => new()
    {
        DatasetId = dataset,
        FileName = path[(path.LastIndexOf('/') + 1)..],
        Path = path,
        Location = $"/nowhere/{path}",
        Sha256 = $"{i:d64}",
        MediaType = "image/jpeg",
        Width = 640,
        Height = 480,
    };
}
