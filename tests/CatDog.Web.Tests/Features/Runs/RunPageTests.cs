using Bunit;
using CatDog.Data.Runs;
using CatDog.Training;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Features.Runs;
using CatDog.Web.Features.Splits;
using CatDog.Web.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor.Services;

namespace CatDog.Web.Tests.Features.Runs;

/// <summary>The pages of splits and runs in each of their states, on the real services.</summary>
public sealed class RunPageTests : BunitContext, IAsyncLifetime
{
    private readonly CatDogHost _host = new();

    public RunPageTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(_host.Services.GetRequiredService<RunService>());
        Services.AddSingleton(_host.Services.GetRequiredService<RunFeed>());
        Services.AddSingleton(_host.Services.GetRequiredService<SplitService>());
        Services.AddSingleton(_host.Services.GetRequiredService<DatasetService>());
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    async ValueTask IAsyncDisposable.DisposeAsync()
    {
        await base.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData(RunStatus.Queued, null, "Waiting for its turn", "Cancel")]
    [InlineData(RunStatus.Running, null, "Starting", "Cancel")]
    [InlineData(RunStatus.Failed, "The disk is full.", "The disk is full.", "Resume")]
    [InlineData(RunStatus.Interrupted, "Its process was killed.", "Its process was killed.", "Resume")]
    [InlineData(RunStatus.Canceled, null, "canceled this run", "Resume")]
    [InlineData(RunStatus.Completed, null, "Completed", "Predictions")]
    public async Task A_run_shows_where_it_stands_why_and_what_can_be_done(RunStatus status, string? error, string text, string action)
    {
        var run = await _host.AddRunAsync(status, error);

        var page = Render<RunPage>(p => p.Add(x => x.Id, run.Id));

        page.WaitForAssertion(() => Assert.Contains(text, page.Markup), TimeSpan.FromSeconds(10));
        Assert.Contains(action, page.Markup);
    }

    [Fact]
    public async Task An_open_page_follows_its_run_to_the_end()
    {
        var run = await _host.AddRunAsync(RunStatus.Running);
        var page = Render<RunPage>(p => p.Add(x => x.Id, run.Id));
        page.WaitForAssertion(() => Assert.Contains("Starting", page.Markup), TimeSpan.FromSeconds(10));

        TrainingEvent[] events = [TestRuns.Started(1), TestRuns.Batch(2, 1, 10), TestRuns.Epoch(3, 1, best: true), TestRuns.Batch(4, 2, 3)];
        await _host.Services.GetRequiredService<RunRecorder>().RecordAsync(run.Id, events, CancellationToken.None);

        page.WaitForAssertion(() => Assert.Contains("batch 3 of 10", page.Markup), TimeSpan.FromSeconds(10));
        Assert.Single(page.FindAll("tr[data-best]"));
        await _host.Services.GetRequiredService<RunRecorder>().RecordAsync(run.Id, [new RunCompleted { Sequence = 5, BestEpoch = 1 }], CancellationToken.None);
        page.WaitForAssertion(() => Assert.Contains("Predictions", page.Markup), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void A_run_that_is_not_there_is_said_not_to_be()
    {
        var page = Render<RunPage>(p => p.Add(x => x.Id, 404));

        page.WaitForAssertion(() => Assert.Contains("There is no such run", page.Markup), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_data_set_without_runs_says_how_to_begin_and_one_with_runs_lists_them()
    {
        var empty = await _host.AddAsync(4);
        var page = Render<RunsPage>(p => p.Add(x => x.DatasetId, empty));
        page.WaitForAssertion(() => Assert.Contains("Start the first run", page.Markup), TimeSpan.FromSeconds(10));

        var run = await _host.AddRunAsync(RunStatus.Failed, "The disk is full.");
        var all = Render<RunsPage>();

        all.WaitForAssertion(() => Assert.Contains("The disk is full.", all.Find($"a[href='runs/{run.Id}']").Closest("tr")!.TextContent), TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_split_is_shown_before_it_is_applied()
    {
        var dataset = await _host.AddAsync(40);

        var page = Render<SplitPage>(p => p.Add(x => x.Id, dataset));

        page.WaitForAssertion(() => Assert.Contains("Apply: 40 photos change their split", page.Markup), TimeSpan.FromSeconds(10));
        Assert.Equal(40, (await _host.Services.GetRequiredService<DatasetService>().GetAsync(dataset)).Counts.Where(c => c.Split is null).Sum(c => c.Count));
        page.FindAll("button").Single(b => b.TextContent.Contains("Apply")).Click();
        page.WaitForAssertion(() => Assert.Contains("40 of 40 photos changed their split", page.Markup), TimeSpan.FromSeconds(10));
        Assert.Equal(28, (await _host.Services.GetRequiredService<DatasetService>().GetAsync(dataset)).Counts.Where(c => c.Split == "train").Sum(c => c.Count));
    }
}
