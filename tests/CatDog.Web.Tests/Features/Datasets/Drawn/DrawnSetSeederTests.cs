using System.Security.Cryptography;
using CatDog.Data.Datasets;
using CatDog.Training.Images;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Features.Datasets.Drawn;
using CatDog.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CatDog.Web.Tests.Features.Datasets.Drawn;

public sealed class DrawnSetSeederTests
{
    [Fact]
    public async Task An_empty_dashboard_gets_a_data_set_that_is_ready_to_train()
    {
        await using var host = new CatDogHost();

        await SeedAsync(host);

        var dataset = Assert.Single(await host.Services.GetRequiredService<DatasetService>().ListAsync());
        Assert.Equal(("Drawn cats and dogs", true, 400L, 0L), (dataset.Name, dataset.IsDrawn, dataset.Samples, dataset.Unlabeled));
        Assert.Equal(["cat", "dog"], dataset.Classes);
        var counts = dataset.Counts.ToDictionary(c => (c.Label, c.Split), c => c.Count);
        foreach (var label in dataset.Classes)
            Assert.Equal((140, 30, 30), (counts[(label, "train")], counts[(label, "val")], counts[(label, "test")]));
    }

    [Fact]
    public async Task Every_sample_has_its_file_its_thumbnail_and_its_label()
    {
        await using var host = new CatDogHost();
        await SeedAsync(host);
        var thumbnails = host.Services.GetRequiredService<ThumbnailStore>();
        var drawn = DrawnSet.Draw().ToDictionary(p => p.FileName);

        var samples = await host.DatabaseAsync(d => d.Samples.Include(s => s.LabelClass).ToListAsync());
        var labels = await host.DatabaseAsync(d => d.Labels.ToDictionaryAsync(l => l.SampleId));
        var files = await host.DatabaseAsync(d => d.SampleFiles.ToDictionaryAsync(f => f.SampleId));

        foreach (var sample in samples)
        {
            Assert.Equal(sample.Sha256, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(sample.Location))));
            Assert.Equal(256, Math.Max(ThumbOf(sample).Width, ThumbOf(sample).Height));
            Assert.Equal(drawn[sample.FileName].Label, sample.LabelClass!.Name);
            var label = labels[sample.Id];
            Assert.Equal((sample.LabelClassId, 1, LabelSource.Import, "drawn set"), (label.ToClassId, label.Version, label.Source, label.Actor));
            Assert.Equal((sample.Location, new FileInfo(sample.Location).Length), (files[sample.Id].Origin, files[sample.Id].Size));
        }

        ImageHeader ThumbOf(Sample sample) => ImageDecoder.Identify(File.ReadAllBytes(thumbnails.PathOf(sample.Sha256)));
    }

    [Fact]
    public async Task A_second_start_adds_nothing()
    {
        await using var host = new CatDogHost();
        await SeedAsync(host);

        await SeedAsync(host);

        Assert.Equal(1, await host.DatabaseAsync(d => d.Datasets.CountAsync()));
        Assert.Equal(400, await host.DatabaseAsync(d => d.Labels.CountAsync()));
    }

    [Fact]
    public async Task A_dashboard_with_a_data_set_is_left_alone()
    {
        await using var host = new CatDogHost();
        await host.Services.GetRequiredService<DatasetService>().CreateAsync("Mine", null);

        await SeedAsync(host);

        Assert.Equal("Mine", (await host.DatabaseAsync(d => d.Datasets.SingleAsync())).Name);
        Assert.False(Directory.Exists(Path.Combine(host.DataPath, "drawn")));
    }

    [Fact]
    public async Task A_first_start_that_was_killed_is_made_good_by_the_next()
    {
        await using var host = new CatDogHost();
        using (var killed = new CancellationTokenSource(TimeSpan.FromMilliseconds(200)))
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Seeder(host).EnsureAsync(killed.Token));
        File.WriteAllText(Path.Combine(host.DataPath, "drawn", "drawn-001.jpg"), "half a file");
        Assert.Equal(0, await host.DatabaseAsync(d => d.Samples.CountAsync()));

        await SeedAsync(host);

        var first = await host.DatabaseAsync(d => d.Samples.SingleAsync(s => s.FileName == "drawn-001.jpg"));
        Assert.Equal(DrawnSet.Draw(0).Bytes, File.ReadAllBytes(first.Location));
        Assert.Equal(400, await host.DatabaseAsync(d => d.Samples.CountAsync()));
    }

    private static Task SeedAsync(CatDogHost host) => Seeder(host).EnsureAsync();

    private static DrawnSetSeeder Seeder(CatDogHost host) => host.Services.GetRequiredService<DrawnSetSeeder>();
}
