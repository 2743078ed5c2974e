using System.Net.Http.Json;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Features.Datasets.Importing;
using CatDog.Web.Tests.Hosting;

namespace CatDog.Web.Tests.Features.Datasets.Importing;

/// <summary>Imports over REST, as a program would, and waits for the end.</summary>
internal static class ImportClient
{
    public static async Task<long> CreateDatasetAsync(this CatDogHost host, string name = "pets")
    {
        var answer = await host.Http.PostAsJsonAsync("/api/datasets", new { name, classes = (string[])["cat", "dog"] });
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<DatasetSummary>())!.Id;
    }

    public static async Task<ImportReport> ImportAsync(this CatDogHost host, long dataset, string source, string? labels = null, string? csv = null, string? images = null)
    {
        var answer = await host.Http.PostAsJsonAsync($"/api/datasets/{dataset}/imports", new { source, labels, csv, images });
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return await host.EndOfImportAsync((await answer.Content.ReadFromJsonAsync<AcceptedImport>())!.Id);
    }

    public static async Task<ImportReport> EndOfImportAsync(this CatDogHost host, long id)
    {
        var deadline = DateTime.UtcNow.AddMinutes(2);
        while (true)
        {
            var report = (await host.Http.GetFromJsonAsync<ImportReport>($"/api/imports/{id}"))!;
            if (!report.IsActive) return report;
            Assert.True(DateTime.UtcNow < deadline, $"The import is still {report.Status} ({report.Done} of {report.Found}).");
            await Task.Delay(20);
        }
    }
}
