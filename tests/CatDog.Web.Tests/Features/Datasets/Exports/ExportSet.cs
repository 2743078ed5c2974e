using CatDog.Data.Datasets;
using CatDog.Web.Tests.Hosting;

namespace CatDog.Web.Tests.Features.Datasets.Exports;

/// <summary>A small data set in a host's database.</summary>
internal static class ExportSet
{
    public static Task<long> AddAsync(CatDogHost host, string name, params (string Path, string? Label, Split? Split)[] samples) =>
        AddAsync(host, name, ["cat", "dog"], samples);

    public static Task<long> AddAsync(CatDogHost host, string name, string[] classes, params (string Path, string? Label, Split? Split)[] samples) =>
        host.DatabaseAsync(async database =>
        {
            var dataset = new Dataset { Name = name };
            dataset.Classes.AddRange(classes.Select((c, i) => new LabelClass { Name = c, Index = i }));
            database.Add(dataset);
            await database.SaveChangesAsync();
            foreach (var ((path, label, split), number) in samples.Select((s, i) => (s, i)))
            {
                var sample = new Sample
                {
                    DatasetId = dataset.Id,
                    FileName = Path.GetFileName(path),
                    Path = path,
                    Location = $"/photos/{path}",
                    Sha256 = number.ToString("x64"),
                    MediaType = "image/jpeg",
                    Width = 100 + number,
                    Height = 80,
                    LabelClass = dataset.Classes.SingleOrDefault(c => c.Name == label),
                    Split = split,
                };
                database.Add(sample);
            }

            await database.SaveChangesAsync();
            return dataset.Id;
        });
}
