using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace CatDog.Web.E2E;

/// <summary>Labelling as a person does it: with keys and a mouse, on real photos, against the real program.</summary>
public sealed partial class LabelingTests : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("catdog-e2e-");
    private CatDogServer _server = null!;
    private HttpClient _http = null!;
    private Browser _browser = null!;
    private long _dataset;

    public async ValueTask InitializeAsync()
    {
        var photos = TestData.Require("photos/cats");
        _browser = await Browser.LaunchAsync();
        _server = new CatDogServer(Path.Combine(_folder.FullName, "data"));
        await _server.StartAsync("web");
        _http = new HttpClient { BaseAddress = _server.Address };
        _dataset = await ImportAsync(photos, 200);
    }

    [Fact]
    public async Task Keys_label_one_photo_after_another_at_once_and_a_reload_keeps_every_decision()
    {
        var page = await _browser.OpenAsync(_server.Address);
        await OpenFocusAsync(page);

        var expected = new List<string>();
        for (var i = 0; i < 50; i++)
        {
            await page.Keyboard.PressAsync(i % 3 == 0 ? "d" : "c");
            expected.Add(i % 3 == 0 ? "dog" : "cat");
            await page.WaitForTimeoutAsync(100);
        }

        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Saved");
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"sample={await SampleAsync(page)}$"));
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByText("51 of 200", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal(expected, (await LabelsAsync()).Take(50));
    }

    [Fact]
    public async Task The_next_photo_is_painted_within_50_ms_of_a_key()
    {
        var page = await _browser.OpenAsync(_server.Address);
        await OpenFocusAsync(page);
        await page.WaitForTimeoutAsync(1000);
        await page.EvaluateAsync(MeasureKeyToPaint);

        for (var i = 0; i < 50; i++)
        {
            await page.Keyboard.PressAsync("c");
            await page.WaitForTimeoutAsync(250);
        }

        var paints = await page.EvaluateAsync<double[]>("() => window.paints");
        var sorted = paints.Order().ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"key to next photo: median {sorted[25]:f1} ms, 95 % {sorted[47]:f1} ms, most {sorted[^1]:f1} ms");
        Assert.Equal(50, paints.Length);
        Assert.True(sorted[25] < 50, $"The median is {sorted[25]:f1} ms.");
    }

    [Fact]
    public async Task Decisions_made_while_the_server_is_dead_are_saved_when_it_is_back()
    {
        var page = await _browser.OpenAsync(_server.Address);
        await OpenFocusAsync(page);
        await page.Keyboard.PressAsync("c");
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Saved");

        await _server.KillAsync();
        foreach (var key in new[] { "d", "c", "2" }) await page.Keyboard.PressAsync(key);
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Could not save, trying again (3 waiting)");
        await _server.StartAsync("web");

        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Saved", new() { Timeout = 30_000 });
        Assert.Equal(["cat", "dog", "cat", "dog", null], (await LabelsAsync()).Take(5));
    }

    [Fact]
    public async Task Undo_goes_back_over_several_decisions()
    {
        var page = await _browser.OpenAsync(_server.Address);
        await OpenFocusAsync(page);

        foreach (var key in new[] { "c", "d", "c", "u", "Control+z" }) await page.Keyboard.PressAsync(key);

        await Assertions.Expect(page.GetByText("2 of 200", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Saved");
        Assert.Equal(["cat", null, null], (await LabelsAsync()).Take(3));
    }

    [Fact]
    public async Task A_decision_that_somebody_else_made_first_is_shown_as_a_conflict()
    {
        var page = await _browser.OpenAsync(_server.Address);
        await OpenFocusAsync(page);
        using var other = await _http.PutAsJsonAsync($"/api/samples/{await SampleAsync(page)}/label", new { label = "dog" });

        await page.Keyboard.PressAsync("c");

        await Assertions.Expect(page.GetByRole(AriaRole.Alert).GetByText("this photo is dog now. You said cat.")).ToBeVisibleAsync();
        Assert.Equal("dog", (await LabelsAsync())[0]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make it cat" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Saved");
        Assert.Equal("cat", (await LabelsAsync())[0]);
    }

    [Fact]
    public async Task Selected_photos_are_labelled_with_one_key_and_undone_with_another()
    {
        var page = await _browser.OpenAsync(_server.Address);
        await page.GoAsync($"/datasets/{_dataset}/label");
        var photo = (int number) => page.GetByRole(AriaRole.Option, new() { NameRegex = PhotoName(number) });

        await photo(1).ClickAsync();
        await photo(6).ClickAsync(new() { Modifiers = [KeyboardModifier.Shift] });
        await photo(3).ClickAsync(new() { Modifiers = [KeyboardModifier.Control] });
        await Assertions.Expect(page.GetByText("5 selected")).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("d");
        await Assertions.Expect(page.GetByText("5 photos are dog now.")).ToBeVisibleAsync();
        var labelled = await LabelsAsync();
        await page.Keyboard.PressAsync("u");
        await Assertions.Expect(page.GetByText("Undone for 5.")).ToBeVisibleAsync();

        Assert.Equal(["dog", "dog", null, "dog", "dog", "dog", null], labelled.Take(7));
        Assert.All(await LabelsAsync(), Assert.Null);
    }

    [Fact]
    public async Task All_that_match_a_filter_are_labelled_at_once_and_the_filter_is_in_the_address()
    {
        var page = await _browser.OpenAsync(_server.Address);
        await page.GoAsync($"/datasets/{_dataset}/label");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("cat.1");
        await page.WaitForURLAsync("**q=cat.1*");
        await Assertions.Expect(page.Locator("[data-part=count]")).Not.ToHaveTextAsync("200 photos");
        var matching = (await LabelsAsync("q=cat.1")).Count;

        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.PressAsync("c");

        await Assertions.Expect(page.GetByText($"{matching} photos are cat now.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { NameRegex = Unlabeled() })).ToContainTextAsync($"{200 - matching}");
        Assert.Equal(matching, (await LabelsAsync("label=cat")).Count);
        await page.ReloadAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Searchbox)).ToHaveValueAsync("cat.1");
    }

    [Fact]
    public async Task What_somebody_else_changed_since_is_not_undone_and_the_grid_shows_it()
    {
        var page = await _browser.OpenAsync(_server.Address);
        await page.GoAsync($"/datasets/{_dataset}/label");
        await page.GetByRole(AriaRole.Option, new() { NameRegex = PhotoName(1) }).ClickAsync();
        await page.Keyboard.PressAsync("Shift+ArrowRight");
        await page.Keyboard.PressAsync("c");
        await Assertions.Expect(page.GetByText("2 photos are cat now.")).ToBeVisibleAsync();
        var second = (await page.GetByRole(AriaRole.Option, new() { NameRegex = PhotoName(2) }).GetAttributeAsync("id"))!["sample-".Length..];
        using var other = await _http.PutAsJsonAsync($"/api/samples/{second}/label", new { label = "dog" });

        await page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Assertions.Expect(page.GetByText("Undone for 1; 1 were changed again since and stay as they are.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Option, new() { Name = "Photo 1, unlabeled" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Option, new() { Name = "Photo 2, dog" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_photo_opened_far_down_is_where_the_grid_comes_back_to()
    {
        var page = await _browser.OpenAsync(_server.Address);
        await page.GoAsync($"/datasets/{_dataset}/label");
        await page.GetByRole(AriaRole.Option, new() { NameRegex = PhotoName(1) }).WaitForAsync();

        await page.Keyboard.PressAsync("End");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.GetByText("200 of 200", new() { Exact = true })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("f");

        await Assertions.Expect(page.GetByRole(AriaRole.Option, new() { NameRegex = PhotoName(200) })).ToBeInViewportAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _http?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>From the key's own time stamp to after the frame in which another, fully loaded photo stands on the page.</summary>
    private const string MeasureKeyToPaint = """
        () => {
          window.paints = [];
          const photo = () => document.querySelector('[data-part=photo] img');
          addEventListener('keydown', event => {
            const before = photo();
            requestAnimationFrame(() => {
              const after = photo();
              const painted = new MessageChannel();
              painted.port1.onmessage = () => { if (after !== before && after.complete && after.naturalWidth > 0) window.paints.push(performance.now() - event.timeStamp); };
              painted.port2.postMessage(0);
            });
          }, true);
        }
        """;

    [GeneratedRegex("^Unlabeled")]
    private static partial Regex Unlabeled();

    private static Regex PhotoName(int number) => new($"^Photo {number},");

    private static Task<string?> SampleAsync(IPage page) => page.Locator("[data-part=photo] img").GetAttributeAsync("data-sample");

    private async Task OpenFocusAsync(IPage page)
    {
        await page.GoAsync($"/datasets/{_dataset}/focus");
        await page.Locator("[data-part=photo] img").WaitForAsync();
    }

    private async Task<long> ImportAsync(string photos, int count)
    {
        var source = _folder.CreateSubdirectory("photos");
        foreach (var file in Directory.EnumerateFiles(photos).Order(StringComparer.Ordinal).Take(count)) File.Copy(file, Path.Combine(source.FullName, Path.GetFileName(file)));
        using var created = await _http.PostAsJsonAsync("/api/datasets", new { name = "pets", classes = new[] { "cat", "dog" } });
        var dataset = (await created.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64();
        using var started = await _http.PostAsJsonAsync($"/api/datasets/{dataset}/imports", new { source = source.FullName, labels = "none" });
        var import = (await started.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64();
        while ((await _http.GetFromJsonAsync<JsonElement>($"/api/imports/{import}")).GetProperty("status").GetString() is "queued" or "running") await Task.Delay(100);
        Assert.Equal(count, (await LabelsAsync("", dataset)).Count);
        return dataset;
    }

    private async Task<IReadOnlyList<string?>> LabelsAsync(string query = "", long? dataset = null) =>
        [.. (await _http.GetFromJsonAsync<JsonElement>($"/api/datasets/{dataset ?? _dataset}/samples?take=500&{query}")).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("label").GetString())];
}
