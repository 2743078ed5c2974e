using Bunit;
using CatDog.Data;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Features.Labeling;
using CatDog.Web.Tests.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace CatDog.Web.Tests.Features.Labeling;

/// <summary>The grid and the focus view as the server renders them; what the browser's modules do is seen in the end-to-end tests.</summary>
public sealed class LabelingPageTests : BunitContext
{
    private readonly CatDogHost _host = new();

    public LabelingPageTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(_host.Services.GetRequiredService<DatasetService>());
        Services.AddSingleton(_host.Services.GetRequiredService<SampleService>());
    }

    private LabelService Labels => _host.Services.GetRequiredService<LabelService>();

    [Fact]
    public async Task The_grid_shows_filters_with_their_counts_and_starts_the_browsers_view_for_them()
    {
        var (dataset, samples) = await SeededSamples.AddAsync(_host, 5);
        await Labels.SetManyAsync(dataset, [.. samples.Take(3)], "dog");

        var page = Open<LabelPage>(dataset, "label", "?label=dog&sort=-id");

        Assert.Equal(["All 5", "cat 0", "dog 3", "Unlabeled 2"], page.FindAll(".filters-labels a").Select(a => string.Join(' ', a.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))));
        Assert.Equal("page", page.FindAll(".filters-labels a")[2].GetAttribute("aria-current"));
        Assert.Equal($"datasets/{dataset}/label?label=none&sort=-id", page.FindAll(".filters-labels a")[3].GetAttribute("href"));
        Assert.False(page.Find(".label-stage").HasAttribute("hidden"));
        Assert.Equal(["0", "1", "-1"], page.FindAll(".label-bar [data-decide]").Select(b => b.GetAttribute("data-decide")));
        Assert.Contains("[label, dog]", StartOptions(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Counts_are_read_again_when_the_browser_says_that_labels_changed()
    {
        var (dataset, samples) = await SeededSamples.AddAsync(_host, 2);
        var page = Open<LabelPage>(dataset, "label");
        await Labels.SetAsync(samples[0], "cat", 0);

        await page.InvokeAsync(page.Instance.Changed);

        Assert.Equal("1", page.FindAll(".filters-labels a span")[1].TextContent);
    }

    [Fact]
    public async Task Another_filter_starts_the_view_anew()
    {
        var (dataset, _) = await SeededSamples.AddAsync(_host, 4, i => $"{(i == 0 ? "lion" : "poodle")}{i}.jpg");
        var page = Open<LabelPage>(dataset, "label");

        Services.GetRequiredService<NavigationManager>().NavigateTo($"datasets/{dataset}/label?q=poodle");

        page.WaitForAssertion(() => Assert.Equal(2, JSInterop.Invocations.Count(i => i.Identifier == "start")));
        Assert.Contains("[q, poodle]", StartOptions(), StringComparison.Ordinal);
        Assert.Contains(JSInterop.Invocations, i => i.Identifier == "dispose");
    }

    [Theory]
    [InlineData("label")]
    [InlineData("focus")]
    public async Task An_empty_data_set_leads_to_where_photos_are_added(string place)
    {
        var (dataset, _) = await SeededSamples.AddAsync(_host, 0);

        var page = Open(place, dataset);

        Assert.Contains("There is no photo yet", page.Markup, StringComparison.Ordinal);
        Assert.Equal($"datasets/{dataset}", page.FindAll(".cd-empty a").Single().GetAttribute("href"));
        Assert.DoesNotContain(JSInterop.Invocations, i => i.Identifier == "start");
    }

    [Theory]
    [InlineData("label")]
    [InlineData("focus")]
    public async Task A_filter_that_nothing_matches_leads_back_to_all(string place)
    {
        var (dataset, _) = await SeededSamples.AddAsync(_host, 3);

        var page = Open(place, dataset, "?label=cat");

        Assert.Contains("No photo matches", page.Markup, StringComparison.Ordinal);
        Assert.Equal($"datasets/{dataset}/{place}", page.FindAll(".cd-empty a").Single().GetAttribute("href"));
    }

    [Theory]
    [InlineData("label", 999, "", "There is no data set 999")]
    [InlineData("focus", 999, "", "There is no data set 999")]
    [InlineData("label", 1, "?split=dev", "Use train, val or test")]
    [InlineData("focus", 1, "?label=horse", "Its classes: cat, dog")]
    public async Task What_cannot_be_shown_is_said(string place, long dataset, string query, string message)
    {
        await SeededSamples.AddAsync(_host, 1);

        var page = Open(place, dataset, query);

        Assert.Contains(message, page.Find(".cd-empty").TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("label")]
    [InlineData("focus")]
    public async Task A_page_says_that_it_loads_until_the_database_answers(string place)
    {
        var (dataset, _) = await SeededSamples.AddAsync(_host, 1);
        var slow = new SlowDatabases(_host.Services.GetRequiredService<IDbContextFactory<AppDbContext>>());
        Services.AddSingleton(new DatasetService(slow, TimeProvider.System));
        Services.AddSingleton(new SampleService(slow));

        var page = Open(place, dataset);
        Assert.NotNull(page.Find("[aria-busy=true]"));
        slow.Answer();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[aria-busy=true]")));
        Assert.NotEmpty(page.FindAll("[data-decide]"));
    }

    [Fact]
    public async Task The_focus_view_shows_each_classs_key_and_starts_at_the_sample_of_the_address()
    {
        var (dataset, samples) = await SeededSamples.AddAsync(_host, 3);

        var page = Open<FocusPage>(dataset, "focus", $"?sample={samples[1]}&split=none");

        Assert.Equal(["cat C", "dog D"], page.FindAll(".focus-decide").Select(b => $"{b.QuerySelector("span")!.TextContent} {b.QuerySelector("kbd")!.TextContent}"));
        Assert.Equal($"datasets/{dataset}/label?split=none", page.Find(".focus-back").GetAttribute("href"));
        Assert.Contains($"SampleId = {samples[1]}", StartOptions(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cat,dog", "C D")]
    [InlineData("cat,cow,dog", "- - D")]
    [InlineData("snake,fox,horse,unicorn,mouse", "- - - - M")]
    public void A_letter_stands_for_a_class_where_nothing_else_has_it(string classes, string letters)
    {
        var names = classes.Split(',');

        Assert.Equal(letters, string.Join(' ', names.Select((_, i) => LabelKeys.LetterOf(names, i) ?? "-")));
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _host.DisposeAsync();
    }

    private IRenderedComponent<IComponent> Open(string place, long dataset, string query = "") =>
        place == "label" ? Open<LabelPage>(dataset, place, query) : Open<FocusPage>(dataset, place, query);

    private IRenderedComponent<T> Open<T>(long dataset, string place, string query = "")
        where T : SampleBrowser
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"datasets/{dataset}/{place}{query}");
        return Render<T>(p => p.Add(c => c.Id, dataset));
    }

    private string StartOptions()
    {
        var options = JSInterop.Invocations.Last(i => i.Identifier == "start").Arguments[^1]!;
        var query = (Dictionary<string, string?>)options.GetType().GetProperty("Query")!.GetValue(options)!;
        return $"{options} {string.Join(' ', query)}";
    }

    private sealed class SlowDatabases(IDbContextFactory<AppDbContext> databases) : IDbContextFactory<AppDbContext>
    {
        private readonly TaskCompletionSource _answer = new();

        public void Answer() => _answer.SetResult();

        public AppDbContext CreateDbContext() => databases.CreateDbContext();

        public async Task<AppDbContext> CreateDbContextAsync(CancellationToken cancellationToken = default)
        {
            await _answer.Task;
            return await databases.CreateDbContextAsync(cancellationToken);
        }
    }
}
