using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace CatDog.Web.E2E;

/// <summary>What a person does, from a folder of photos to a CSV, in a real browser against the real program, on drawn pictures.</summary>
public sealed class MainJobTests : IAsyncLifetime
{
    private const int PerClass = 40;
    private const int WithoutLabel = 6;
    private readonly string _data = Directory.CreateTempSubdirectory("catdog-e2e-").FullName;
    private readonly string _photos = Directory.CreateTempSubdirectory("catdog-photos-").FullName;
    private CatDogServer _server = null!;
    private Browser _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _browser = await Browser.LaunchAsync();
        _server = new CatDogServer(_data);
        await _server.StartAsync("demo");
    }

    [Fact]
    public async Task From_a_folder_of_photos_to_a_csv_with_the_server_killed_in_the_middle()
    {
        await LayOutPhotosAsync();
        var page = await _browser.OpenAsync(_server.Address);

        var dataset = await MakeDatasetAsync(page, "Pets");
        await ImportAsync(page);
        await LabelByKeyboardAsync(page, dataset);
        await SplitAsync(page, dataset);
        var run = await StartTrainingAsync(page, dataset);
        await SurviveAKilledServerAsync(page);
        await WatchItFinishAsync(page);
        await ReviewAsync(page);
        await DownloadCsvAsync(page, run);
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null) await _server.DisposeAsync();
        if (_browser is not null) await _browser.DisposeAsync();
        Directory.Delete(_data, recursive: true);
        Directory.Delete(_photos, recursive: true);
    }

    /// <summary>Takes pictures of the drawn set as a person's folder: cats/, dogs/, and a few that nobody has sorted yet.</summary>
    private async Task LayOutPhotosAsync()
    {
        using var http = new HttpClient { BaseAddress = _server.Address };
        foreach (var label in new[] { "cat", "dog" })
        {
            var samples = await http.GetFromJsonAsync<JsonElement>($"/api/datasets/1/samples?label={label}&take={PerClass + WithoutLabel}");
            foreach (var (sample, i) in samples.GetProperty("items").EnumerateArray().Select((s, i) => (s, i)))
            {
                if (i >= PerClass + (WithoutLabel / 2)) break;
                var folder = Path.Combine(_photos, i < PerClass ? $"{label}s" : "new");
                Directory.CreateDirectory(folder);
                var bytes = await http.GetByteArrayAsync($"/media/{sample.GetProperty("id")}/image");
                await File.WriteAllBytesAsync(Path.Combine(folder, sample.GetProperty("fileName").GetString()!), bytes);
            }
        }

        await File.WriteAllTextAsync(Path.Combine(_photos, "cats", "broken.jpg"), "<html>404</html>");
    }

    private static async Task<string> MakeDatasetAsync(IPage page, string name)
    {
        await page.GoAsync("/");
        await page.GetByRole(AriaRole.Button, new() { Name = "New data set" }).First.ClickAsync();
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create", Exact = true }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/datasets/[0-9]+$"));
        return new Uri(page.Url).AbsolutePath;
    }

    private async Task ImportAsync(IPage page)
    {
        await page.GetByLabel("Or a folder or .zip on the server").FillAsync(_photos);
        await page.GetByRole(AriaRole.Button, new() { Name = "Import", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "What was skipped, and why" }).ClickAsync();
        await Expect(page.GetByText("broken.jpg").First, "the report names the file that could not be used");
        await Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = new($"Label the {WithoutLabel} ") }).First, "the next step is to label the rest");
    }

    private async Task LabelByKeyboardAsync(IPage page, string dataset)
    {
        await page.GoAsync($"{dataset}/focus?label=none");
        for (var i = 0; i < WithoutLabel; i++)
        {
            await page.GetByRole(AriaRole.Img).First.WaitForAsync();
            await page.Keyboard.PressAsync(i % 2 == 0 ? "c" : "d");
        }

        await page.Keyboard.PressAsync("u");
        await page.Keyboard.PressAsync("d");
        await Until(async () => await CountAsync(dataset, "none") == 0, "every key's label is on disk");
    }

    private async Task SplitAsync(IPage page, string dataset)
    {
        await page.GoAsync($"{dataset}/split");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Apply") }).ClickAsync();
        await Until(async () => await CountAsync(dataset, split: "test") > 0, "the split is on disk");
    }

    private async Task<string> StartTrainingAsync(IPage page, string dataset)
    {
        await page.GoAsync($"{dataset}/runs/new");
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new("First look") }).ClickAsync();
        await page.GetByLabel("Epochs").First.FillAsync("2");
        await page.GetByLabel("Epochs").First.PressAsync("Tab");
        await page.GetByRole(AriaRole.Button, new() { Name = "Start training" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/runs/[0-9]+$"));
        await Expect(page.GetByRole(AriaRole.Status).GetByText("Running"), "the run starts");
        return new Uri(page.Url).AbsolutePath;
    }

    /// <summary>The open page comes back by itself; the child has gone on training meanwhile.</summary>
    private async Task SurviveAKilledServerAsync(IPage page)
    {
        await _server.KillAsync();
        await Expect(page.GetByText("The connection to CatDog is lost"), "the page says that the server is gone");
        await _server.StartAsync("web");
        await page.Locator("[data-ready=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }

    private static async Task WatchItFinishAsync(IPage page)
    {
        await Expect(page.GetByRole(AriaRole.Status).GetByText("Completed"), "the run completes", seconds: 240);
        await Expect(page.GetByRole(AriaRole.Img, new() { NameRegex = new("Loss.*after epoch 2") }), "the curve of the loss has grown to its end");
        var epochs = page.GetByRole(AriaRole.Region, new() { Name = "Epochs" }).Last.GetByRole(AriaRole.Row);
        await Until(async () => await epochs.CountAsync() == 3, "the table has its header and each of the two epochs once");
    }

    private static async Task ReviewAsync(IPage page)
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Predictions" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/predictions"));
        await Expect(page.GetByText(new Regex("drawn-[0-9]+\\.jpg")).First, "the test photos were predicted when the run was done", seconds: 120);
    }

    private async Task DownloadCsvAsync(IPage page, string run)
    {
        var download = await page.RunAndWaitForDownloadAsync(async () =>
        {
            await page.GetByRole(AriaRole.Button, new() { Name = "CSV", Exact = true }).ClickAsync();
            await page.GetByText("All columns (full)").ClickAsync();
        });
        var lines = await File.ReadAllLinesAsync((await download.PathAsync())!);
        Assert.Equal("sample_id,file_name,path,label,predicted_label,correct,p_cat,p_dog,run_id", lines[0].TrimStart('\uFEFF'));
        Assert.True(lines.Length > 5, $"{lines.Length} lines in the CSV.");
        Assert.All(lines.Skip(1), line => Assert.EndsWith(run.Split('/')[^1], line, StringComparison.Ordinal));
    }

    private async Task<long> CountAsync(string dataset, string? label = null, string? split = null)
    {
        using var http = new HttpClient { BaseAddress = _server.Address };
        var page = await http.GetFromJsonAsync<JsonElement>(string.Create(CultureInfo.InvariantCulture, $"/api{dataset}/samples?label={label}&split={split}&take=1"));
        return page.GetProperty("total").GetInt64();
    }

    private static async Task Expect(ILocator locator, string what, int seconds = 45)
    {
        try
        {
            await locator.WaitForAsync(new() { Timeout = seconds * 1000 });
        }
        catch (TimeoutException e)
        {
            throw new InvalidOperationException($"Not seen: {what}. The page shows:\n{await locator.Page.Locator("body").InnerTextAsync()}", e);
        }
    }

    private static async Task Until(Func<Task<bool>> condition, string what)
    {
        for (var attempt = 0; attempt < 150; attempt++)
        {
            if (await condition()) return;
            await Task.Delay(200);
        }

        Assert.Fail($"It did not come true within 30 seconds: {what}.");
    }
}
