using Bunit;
using CatDog.Data.Datasets;
using CatDog.Data.Runs;
using CatDog.Web.Features.Labeling;
using CatDog.Web.Features.Predictions;
using CatDog.Web.Tests.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace CatDog.Web.Tests.Features.Predictions;

public sealed class PredictionsPageTests : BunitContext, IAsyncLifetime
{
    private readonly CatDogHost _host = new();

    public PredictionsPageTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        JSInterop.SetupModule(i => true).SetupModule("start", _ => true);
        Services.AddMudServices();
        foreach (var service in new[] { typeof(PredictionService), typeof(PredictionReview), typeof(LabelService) })
            Services.AddSingleton(service, _host.Services.GetRequiredService(service));
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public void A_run_that_is_not_there_is_said_to_be_missing()
    {
        var page = Render(77);

        page.WaitForAssertion(() => Assert.Contains("There is no run 77", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_run_that_is_not_finished_says_when_predictions_can_be_made()
    {
        var (run, _) = await SeededPredictions.AddRunAsync(_host, RunStatus.Running);

        var page = Render(run);

        page.WaitForAssertion(() => Assert.Contains("once it has finished", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_finished_run_without_predictions_offers_to_predict_the_test_split()
    {
        var (run, _) = await SeededPredictions.AddRunAsync(_host);
        await SeededPredictions.BreakModelAsync(_host, run);

        var page = Render(run);
        page.WaitForAssertion(() => Assert.Contains("No predictions yet", page.Markup, StringComparison.Ordinal));
        page.FindAll("button").Single(b => b.TextContent.Contains("Predict the test split", StringComparison.Ordinal)).Click();

        // There is no photo in it, and that is said.
        page.WaitForAssertion(() => Assert.Contains("No photo is in the test split", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_failed_pass_tells_why_and_offers_another_try()
    {
        var (run, _) = await SeededPredictions.AddAsync(_host, ["cat"], [0.2]);
        await _host.DatabaseAsync(d =>
        {
            d.Add(new PredictionPass { RunId = run, Split = Split.Test, Status = PredictionPassStatus.Failed, Error = "Out of memory.", CreatedAt = DateTime.UtcNow });
            return d.SaveChangesAsync();
        });

        var page = Render(run);

        page.WaitForAssertion(() =>
        {
            Assert.Contains("Predicting the test split failed. Out of memory.", page.Markup, StringComparison.Ordinal);
            Assert.Contains(page.FindAll("button"), b => b.TextContent.Trim() == "Try again");
        });
    }

    [Fact]
    public async Task It_begins_with_the_surest_mistakes_beside_accuracy_and_matrix()
    {
        var (run, samples) = await SeededPredictions.AddAsync(_host, ["cat", "cat", "cat", "dog"], [0.1, 0.7, 0.9, 0.8]);

        var page = Render(run);

        page.WaitForAssertion(() => Assert.Equal(["00002.jpg", "00001.jpg"], page.FindAll("article .review-name > :first-child").Select(n => n.TextContent)));
        Assert.Contains("50.0%", page.Find(".pr-figures").TextContent, StringComparison.Ordinal);
        Assert.Equal(["1", "2", "0", "1"], page.FindAll(".matrix-cell b").Select(c => c.TextContent));
        Assert.Equal(4, samples.Count);
    }

    [Fact]
    public async Task A_label_is_put_right_in_place_and_taken_back()
    {
        var (run, samples) = await SeededPredictions.AddAsync(_host, ["cat", "dog"], [0.9, 0.8]);
        var page = Render(run);
        page.WaitForAssertion(() => Assert.Single(page.FindAll("article")));

        page.FindAll("article .review-decide button").Single(b => b.TextContent == "dog").Click();

        page.WaitForAssertion(() => Assert.Contains("100.0%", page.Find(".pr-figures").TextContent, StringComparison.Ordinal));
        Assert.Equal("corrected", page.Find("article").GetAttribute("data-state"));
        Assert.Contains("Saved", page.Find(".pr-status").TextContent, StringComparison.Ordinal);
        Assert.Equal("dog", await LabelAsync(samples[0]));

        await page.Instance.Undo();

        page.WaitForAssertion(() => Assert.Equal("wrong", page.Find("article").GetAttribute("data-state")));
        Assert.Equal("cat", await LabelAsync(samples[0]));
    }

    [Fact]
    public async Task Filters_in_the_address_choose_and_their_cell_is_marked()
    {
        var (run, _) = await SeededPredictions.AddAsync(_host, ["cat", "cat", "dog"], [0.1, 0.9, 0.8]);
        Services.GetRequiredService<NavigationManager>().NavigateTo($"runs/{run}/predictions?label=cat&predicted=cat");

        var page = Render(run);

        page.WaitForAssertion(() => Assert.Equal(["00000.jpg"], page.FindAll("article .review-name > :first-child").Select(n => n.TextContent)));
        Assert.Contains("1 photo", page.Find(".pr-line").TextContent, StringComparison.Ordinal);
        Assert.Equal("true", page.FindAll(".matrix-cell")[0].GetAttribute("aria-current"));
    }

    private IRenderedComponent<PredictionsPage> Render(long run) => Render<PredictionsPage>(p => p.Add(x => x.Id, run));

    private Task<string?> LabelAsync(long sample) => _host.DatabaseAsync(d => d.Samples.Where(s => s.Id == sample).Select(s => s.LabelClass!.Name).SingleOrDefaultAsync());
}
