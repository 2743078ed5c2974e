using CatDog.Data.Datasets;
using CatDog.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Tests.Features.Datasets.Importing;

public sealed class WeirdFolderTests
{
    [Fact]
    public async Task Each_odd_file_comes_to_what_its_manifest_says()
    {
        var weird = TestData.Require("weird");
        await using var host = new CatDogHost();
        var report = await host.ImportAsync(await host.CreateDatasetAsync(), weird);

        Assert.Equal("completed", report.Status);
        Assert.Equal(report.Found, report.Imported + report.Duplicates + report.Skipped);
        var samples = (await host.DatabaseAsync(d => d.SampleFiles.Join(d.Samples, f => f.SampleId, s => s.Id, (f, s) => new { f.Origin, Sample = s }).ToListAsync()))
            .ToDictionary(f => Path.GetFileName(f.Origin), f => f.Sample);
        var problems = report.Problems.ToDictionary(p => p.Path, p => p.Reason);
        var rows = File.ReadLines(Path.Combine(weird, "MANIFEST.csv")).Skip(1).Select(Row).Where(r => File.Exists(Path.Combine(weird, r.File))).ToList();
        Assert.True(rows.Count >= 82);
        Assert.Empty(rows.Where(r => !IsMatch(r.File, r.Expected)).Select(r => $"{r.File}: {r.Expected}"));

        bool IsMatch(string file, string expected)
        {
            var sample = samples.GetValueOrDefault(file);
            var isReported = problems.TryGetValue(file, out var reason) && reason.Length > 10;
            return expected switch
            {
                "duplicate" => sample is not null && sample.Id == samples["ok_cat.jpg"].Id,
                "near-duplicate" => sample?.DuplicateGroup is { } group && group == samples["ok_cat.jpg"].DuplicateGroup,
                "apply orientation" => sample is not null && SameShape(sample, samples["ok_cat.jpg"]) && sample.DuplicateGroup == samples["ok_cat.jpg"].DuplicateGroup,
                "ignore the tag" => sample is not null && SameShape(sample, samples["ok_cat.jpg"]),
                "header ok, pixels fail or grey half" or "convert or reject" or "decodes or refuse by limit" => sample is not null ^ isReported,
                "skip" or "reject" or "reject (no magic)" or "reject on pixels" or "reject unless HEIF supported" or "refuse by pixel limit" => sample is null && isReported,
                _ => sample is not null && !isReported,
            };
        }
    }

    [Fact]
    public async Task A_folder_that_is_named_like_a_photo_is_skipped_with_a_reason()
    {
        using var photos = new PhotoFolder().Photo("a.jpg", 1);
        Directory.CreateDirectory(photos.At("directory_named.jpg"));
        await using var host = new CatDogHost();

        var report = await host.ImportAsync(await host.CreateDatasetAsync(), photos.Path);

        Assert.Equal((2, 1, 1), (report.Found, report.Imported, report.Skipped));
        Assert.Equal("directory_named.jpg/", Assert.Single(report.Problems).Path);
    }

    private static bool SameShape(Sample a, Sample b) => Math.Abs(((double)a.Width / a.Height) - ((double)b.Width / b.Height)) < 0.02;

    private static (string File, string Expected) Row(string line)
    {
        var file = line[..line.IndexOf(',', StringComparison.Ordinal)];
        return line.EndsWith('"')
            ? (file, line[(line.LastIndexOf(",\"", StringComparison.Ordinal) + 2)..^1])
            : (file, line[(line.LastIndexOf(',') + 1)..]);
    }
}
