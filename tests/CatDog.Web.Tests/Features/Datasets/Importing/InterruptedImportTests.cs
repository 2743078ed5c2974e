using System.Net.Http.Json;
using CatDog.Data.Datasets;
using CatDog.Web.Features.Datasets.Importing;
using CatDog.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Tests.Features.Datasets.Importing;

public sealed class InterruptedImportTests : IDisposable
{
    private const int Count = 900;
    private readonly PhotoFolder _photos = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("catdog-test-").FullName;

    public InterruptedImportTests()
    {
        for (var i = 0; i < Count; i++) _photos.Photo($"{(i % 2 == 0 ? "cats" : "dogs")}/{i}.jpg", i);
        _photos.Photo("dogs/twin.jpg", 7).Text("dogs/zz.jpg", "no photo");
    }

    public void Dispose()
    {
        _photos.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task An_import_whose_server_stopped_goes_on_at_its_next_start()
    {
        long dataset, import;
        int before;
        await using (var host = new CatDogHost(_folder))
        {
            dataset = await host.CreateDatasetAsync();
            var answer = await host.Http.PostAsJsonAsync($"/api/datasets/{dataset}/imports", new { source = _photos.Path });
            import = (await answer.Content.ReadFromJsonAsync<AcceptedImport>())!.Id;
            await UntilAsync(async () => await host.DatabaseAsync(d => d.Samples.AnyAsync()));
            before = await host.DatabaseAsync(d => d.Samples.CountAsync());
        }

        Assert.InRange(before, 1, Count - 1);
        await using var next = new CatDogHost(_folder);
        var report = await next.EndOfImportAsync(import);

        Assert.Equal(("completed", Count + 2, Count, 1, 1), (report.Status, report.Found, report.Imported, report.Duplicates, report.Skipped));
        Assert.Equal(Count, await next.DatabaseAsync(d => d.Samples.CountAsync()));
        Assert.Equal(Count, await next.DatabaseAsync(d => d.Labels.CountAsync()));
        Assert.Equal("dogs/zz.jpg", Assert.Single(report.Problems).Path);
    }

    [Fact]
    public async Task A_killed_command_goes_on_when_it_is_given_again()
    {
        using (var killed = CommandLine.Start("import", _photos.Path, "--dataset", "pets", "--data", _folder))
        {
            await UntilAsync(() => Task.FromResult(CommandLine.CountSamples(_folder) > 0));
            killed.Kill();
            await killed.WaitForExitAsync();
        }

        Assert.InRange(CommandLine.CountSamples(_folder), 1, Count - 1);
        var (code, output, _) = await CommandLine.RunAsync("import", _photos.Path, "--dataset", "pets", "--data", _folder);

        Assert.Equal(0, code);
        Assert.Contains($"found={Count + 2}; imported={Count}; duplicates=1; skipped=1;", output, StringComparison.Ordinal);
        await using var host = new CatDogHost(_folder);
        Assert.Equal([ImportStatus.Completed], await host.DatabaseAsync(d => d.Imports.Select(i => i.Status).ToListAsync()));
    }

    [Fact]
    public async Task A_cancelled_import_keeps_what_it_had_and_stops()
    {
        await using var host = new CatDogHost(_folder);
        var dataset = await host.CreateDatasetAsync();
        var answer = await host.Http.PostAsJsonAsync($"/api/datasets/{dataset}/imports", new { source = _photos.Path });
        var import = (await answer.Content.ReadFromJsonAsync<AcceptedImport>())!.Id;
        await UntilAsync(async () => await host.DatabaseAsync(d => d.Samples.AnyAsync()));

        (await host.Http.PostAsync($"/api/imports/{import}/cancel", null)).EnsureSuccessStatusCode();

        var report = await host.EndOfImportAsync(import);
        Assert.Equal("canceled", report.Status);
        Assert.InRange(report.Imported, 1, Count - 1);
        Assert.Equal(report.Imported, await host.DatabaseAsync(d => d.Samples.CountAsync()));
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        var deadline = DateTime.UtcNow.AddMinutes(1);
        while (!await isSo())
        {
            Assert.True(DateTime.UtcNow < deadline, "The import brought nothing.");
            await Task.Delay(5);
        }
    }
}
