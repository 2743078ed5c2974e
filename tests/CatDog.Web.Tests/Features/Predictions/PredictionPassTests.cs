using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CatDog.Data.Datasets;
using CatDog.Data.Runs;
using CatDog.Training;
using CatDog.Web.Features.Predictions;
using CatDog.Web.Hosting;
using CatDog.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CatDog.Web.Tests.Features.Predictions;

public sealed class PredictionPassTests : IAsyncDisposable
{
    private readonly CatDogHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_trained_model_predicts_a_split_beside_an_unreadable_photo_and_answers_single_photos()
    {
        var (run, classes) = await SeededPredictions.AddRunAsync(_host);
        await TrainAsync(run);
        var photos = await AddPhotosAsync(run, classes["cat"], 5);
        await File.WriteAllTextAsync(photos[4], "no photo");

        var answer = await _host.Http.PostAsJsonAsync($"/api/runs/{run}/predictions", new { split = "test" });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var pass = await EndAsync((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64());

        Assert.Equal(("completed", 5, 5), (pass.Status, pass.Done, pass.Total));
        Assert.Contains("4.jpg", pass.Error, StringComparison.Ordinal);
        var page = await _host.Http.GetFromJsonAsync<JsonElement>($"/api/runs/{run}/predictions?split=test");
        Assert.Equal(4, page.GetProperty("total").GetInt32());
        Assert.All(page.GetProperty("items").EnumerateArray(), AssertSumsToOne);

        var single = await (await _host.Http.PostAsync($"/api/runs/{run}/predict", new ByteArrayContent(await File.ReadAllBytesAsync(photos[0])))).Content.ReadFromJsonAsync<JsonElement>();
        AssertSumsToOne(single);
        Assert.Equal(page.GetProperty("items")[0].GetProperty("predicted").GetString(), single.GetProperty("label").GetString());

        var garbage = await _host.Http.PostAsync($"/api/runs/{run}/predict", new StringContent("no photo"));
        Assert.Equal((HttpStatusCode.BadRequest, "application/problem+json"), (garbage.StatusCode, garbage.Content.Headers.ContentType?.MediaType));
        // The worker outlives what it could not read.
        Assert.Equal(HttpStatusCode.OK, (await _host.Http.PostAsync($"/api/runs/{run}/predict", new ByteArrayContent(await File.ReadAllBytesAsync(photos[1])))).StatusCode);
    }

    [Fact]
    public async Task Predicting_again_replaces_what_was_predicted()
    {
        var (run, classes) = await SeededPredictions.AddRunAsync(_host);
        await AddPhotosAsync(run, classes["cat"], 2);
        var (samples, row) = (await _host.DatabaseAsync(d => d.Samples.Select(s => s.Id).Order().ToListAsync()), await _host.DatabaseAsync(d => d.Runs.SingleAsync()));
        var writer = _host.Services.GetRequiredService<PredictionWriter>();
        var splits = samples.ToDictionary(s => s, _ => (Split?)Split.Test);

        await writer.WriteAsync(row, ["cat", "dog"], splits, [new(samples[0], [0.9, 0.1], null), new(samples[1], [0.8, 0.2], null)], default);
        // The model's own order of classes need not be that of the data set; a photo that is gone is left out.
        await writer.WriteAsync(row, ["dog", "cat"], new Dictionary<long, Split?>(splits) { [999] = null }, [new(samples[0], [0.7, 0.3], null), new(999, [0.7, 0.3], null)], default);

        var predictions = await _host.DatabaseAsync(d => d.Predictions.OrderBy(p => p.SampleId).Select(p => new { p.PredictedClass!.Name, p.Confidence, p.Probabilities }).ToListAsync());
        Assert.Equal([("dog", 0.7, "[0.3,0.7]"), ("cat", 0.8, "[0.8,0.2]")], predictions.Select(p => (p.Name, p.Confidence, p.Probabilities)));
    }

    [Fact]
    public async Task A_model_that_cannot_be_loaded_fails_the_pass_with_the_reason()
    {
        var (run, _) = await SeededPredictions.AddAsync(_host, ["cat"], [0.2]);
        await SeededPredictions.BreakModelAsync(_host, run);

        var pass = await EndAsync(await _host.Services.GetRequiredService<PredictionService>().RequestAsync(run, Split.Test));

        Assert.Equal("failed", pass.Status);
        Assert.Contains("model.safetensors", pass.Error, StringComparison.Ordinal);
        Assert.Equal(1, await _host.DatabaseAsync(d => d.Predictions.CountAsync()));
    }

    [Fact]
    public async Task A_pass_that_a_killed_server_left_running_is_taken_up_by_the_next()
    {
        var (run, _) = await SeededPredictions.AddAsync(_host, ["cat"], [0.2]);
        await SeededPredictions.BreakModelAsync(_host, run);
        var left = new PredictionPass { RunId = run, Split = Split.Test, Status = PredictionPassStatus.Running, CreatedAt = DateTime.UtcNow };
        await _host.DatabaseAsync(d =>
        {
            d.Add(left);
            return d.SaveChangesAsync();
        });

        // Waking the runner is what a start does: it looks for passes that run, though nobody runs them.
        _host.Services.GetRequiredService<PredictionQueue>().Wake();

        Assert.Equal("failed", (await EndAsync(left.Id)).Status);
    }

    [Fact]
    public async Task Twenty_thousand_predictions_are_written_within_seconds()
    {
        const int Count = 20_000;
        var (run, samples) = await SeededPredictions.AddAsync(_host, [.. Enumerable.Repeat("cat", Count)], [.. Enumerable.Repeat(0.25, Count)]);
        var row = await _host.DatabaseAsync(d => d.Runs.SingleAsync(r => r.Id == run));
        var watch = Stopwatch.StartNew();

        await _host.Services.GetRequiredService<PredictionWriter>()
            .WriteAsync(row, ["cat", "dog"], samples.ToDictionary(s => s, _ => (Split?)Split.Val), samples.Select(s => new ScoreLine(s, [0.4, 0.6], null)), default);

        TestContext.Current.TestOutputHelper?.WriteLine($"{Count} replaced in {watch.ElapsedMilliseconds} ms");
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"Took {watch.Elapsed}.");
        Assert.Equal(Count, await _host.DatabaseAsync(d => d.Predictions.CountAsync(p => p.PredictedClass!.Name == "dog" && p.Split == Split.Val)));
    }

    private static void AssertSumsToOne(JsonElement prediction)
    {
        var probabilities = prediction.GetProperty("probabilities");
        Assert.Equal(1, probabilities.GetProperty("cat").GetDouble() + probabilities.GetProperty("dog").GetDouble(), 3);
    }

    private async Task<PassReport> EndAsync(long pass)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var report = await _host.Http.GetFromJsonAsync<PassReport>($"/api/prediction-passes/{pass}");
            if (!report!.IsActive) return report;
            Assert.True(watch.Elapsed < TimeSpan.FromMinutes(2), "The pass does not end.");
            await Task.Delay(100);
        }
    }

    /// <summary>Trains a small network for an epoch, through the same verb as the dashboard.</summary>
    private async Task TrainAsync(long run)
    {
        var folder = Path.Combine(_host.DataPath, "photos");
        var names = Enumerable.Range(0, 8).Select(i => $"{(i % 2 == 0 ? "cat" : "dog")}.{i}.jpg").ToList();
        foreach (var (i, name) in names.Index()) TestPhotos.Write(Path.Combine(folder, name), 100 + i);
        var csv = Path.Combine(folder, "meta.csv");
        await File.WriteAllLinesAsync(csv, ["file,label", .. names.Select(n => $"{n},{n[..3]}")]);
        var output = await _host.DatabaseAsync(d => d.Runs.Where(r => r.Id == run).Select(r => r.Folder).SingleAsync());
        using var process = Process.Start(ChildProcess.Describe(
            "train", "--images", folder, "--train", csv, "--val", csv, "--out", output, "--backbone", "small_cnn", "--epochs", "1", "--batch-size", "4", "--device", "cpu"))!;
        var (said, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        Assert.True(process.ExitCode == 0, $"{await said} {await errors}");
        Assert.True(File.Exists(ModelFolder.DescriptionPath(new RunFolder(output).Model)), await said);
    }

    private async Task<IReadOnlyList<string>> AddPhotosAsync(long run, long label, int count)
    {
        var dataset = await _host.DatabaseAsync(d => d.Runs.Where(r => r.Id == run).Select(r => r.DatasetId).SingleAsync());
        var paths = Enumerable.Range(0, count).Select(i => TestPhotos.Write(Path.Combine(_host.DataPath, "test", $"{i}.jpg"), i)).ToList();
        await _host.DatabaseAsync(d =>
        {
            d.AddRange(paths.Select((p, i) => new Sample
            {
                DatasetId = dataset,
                FileName = Path.GetFileName(p),
                Path = Path.GetFileName(p),
                Location = p,
                Sha256 = $"{i:d64}",
                MediaType = "image/jpeg",
                LabelClassId = label,
                Split = Split.Test,
            }));
            return d.SaveChangesAsync();
        });
        return paths;
    }
}
