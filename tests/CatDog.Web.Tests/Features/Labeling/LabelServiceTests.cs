using CatDog.Data;
using CatDog.Data.Datasets;
using CatDog.Web.Features.Labeling;
using CatDog.Web.Hosting;
using CatDog.Web.Tests.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CatDog.Web.Tests.Features.Labeling;

public sealed class LabelServiceTests : IAsyncDisposable
{
    private readonly CatDogHost _host = new();

    private LabelService Labels => _host.Services.GetRequiredService<LabelService>();

    [Fact]
    public async Task Each_change_is_a_new_row_that_tells_who_when_from_to_and_source()
    {
        var (_, samples) = await SeededSamples.AddAsync(_host, 1);
        var before = DateTime.UtcNow.AddMilliseconds(-1);

        await Labels.SetAsync(samples[0], "cat", 0);
        await Labels.SetAsync(samples[0], "dog", 1, LabelSource.Prediction);
        var change = await Labels.SetAsync(samples[0], null, null);

        Assert.Equal(new LabelChange(samples[0], null, 3), change);
        var history = await Labels.HistoryAsync(samples[0]);
        Assert.Equal(
            [(3, "dog", null, "human"), (2, "cat", "dog", "prediction"), (1, null, "cat", "human")],
            history.Select(h => (h.Version, h.From, h.To, h.Source)));
        Assert.All(history, h => Assert.Equal(Environment.UserName, h.Who));
        Assert.All(history, h => Assert.InRange(h.When, before, DateTime.UtcNow));
        Assert.All(history, h => Assert.Equal(DateTimeKind.Utc, h.When.Kind));
    }

    [Fact]
    public async Task A_change_is_in_the_file_when_the_call_returns()
    {
        var (_, samples) = await SeededSamples.AddAsync(_host, 1);

        await Labels.SetAsync(samples[0], "dog", null);

        // Another connection sees only what is committed; a copy of the two files is what a killed process would leave.
        var copy = Directory.CreateTempSubdirectory("catdog-test-").FullName;
        foreach (var name in new[] { "catdog.db", "catdog.db-wal" })
            if (File.Exists(Path.Combine(_host.DataPath, name))) File.Copy(Path.Combine(_host.DataPath, name), Path.Combine(copy, name));
        await using (var database = new AppDbContext((DbContextOptions<AppDbContext>)new DbContextOptionsBuilder<AppDbContext>().UseDataFolder(copy).Options))
        {
            var sample = await database.Samples.Include(s => s.LabelClass).SingleAsync();
            Assert.Equal(("dog", 1), (sample.LabelClass?.Name, sample.LabelVersion));
            Assert.Equal(1, await database.Labels.CountAsync());
            SqliteConnection.ClearPool((SqliteConnection)database.Database.GetDbConnection());
        }

        Directory.Delete(copy, recursive: true);
    }

    [Fact]
    public async Task The_same_label_again_adds_no_row()
    {
        var (_, samples) = await SeededSamples.AddAsync(_host, 1);
        await Labels.SetAsync(samples[0], "cat", 0);

        var again = await Labels.SetAsync(samples[0], "CAT", 0);

        Assert.Equal(new LabelChange(samples[0], "cat", 1), again);
        Assert.Single(await Labels.HistoryAsync(samples[0]));
    }

    [Fact]
    public async Task A_decision_upon_a_stale_version_changes_nothing_and_tells_the_present_label()
    {
        var (_, samples) = await SeededSamples.AddAsync(_host, 1);
        await Labels.SetAsync(samples[0], "cat", 0);

        var conflict = await Assert.ThrowsAsync<UserException>(() => Labels.SetAsync(samples[0], "dog", 0));

        Assert.Equal(409, conflict.Status);
        Assert.Equal("cat", conflict.Details["label"]);
        Assert.Equal(1, conflict.Details["version"]);
        Assert.Single(await Labels.HistoryAsync(samples[0]));
    }

    [Fact]
    public async Task Of_many_decisions_upon_one_version_at_once_one_wins_and_the_rest_are_conflicts()
    {
        var (_, samples) = await SeededSamples.AddAsync(_host, 1);
        await Labels.SetAsync(samples[0], "cat", 0);

        // Every second one clears, every other one says dog: whichever comes first makes the others either agree or conflict.
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            try
            {
                return (i, Version: (await Labels.SetAsync(samples[0], i % 2 == 0 ? "dog" : null, 1)).Version);
            }
            catch (UserException e) when (e.Status == 409)
            {
                return (i, Version: 0);
            }
        }));

        Assert.Equal(2, (await Labels.HistoryAsync(samples[0])).Count);
        Assert.Single(outcomes.Where(o => o.Version > 0).Select(o => o.i % 2).Distinct());
        Assert.Equal(8, outcomes.Count(o => o.Version == 2));
    }

    [Fact]
    public async Task Many_are_labelled_in_one_action_and_only_those_that_change_get_a_row()
    {
        var (dataset, samples) = await SeededSamples.AddAsync(_host, 10);
        await Labels.SetAsync(samples[0], "cat", 0);
        await Labels.SetAsync(samples[1], "dog", 0);

        var change = await Labels.SetManyAsync(dataset, [.. samples.Take(5), 999_999], "cat");

        Assert.Equal(4, change.Count);
        Assert.Equal(4, await _host.DatabaseAsync(d => d.Labels.CountAsync(l => l.ActionId == change.ActionId)));
        Assert.Equal(5, await _host.DatabaseAsync(d => d.Samples.CountAsync(s => s.LabelClass!.Name == "cat")));
        Assert.Equal([("dog", "cat"), (null, "dog")], (await Labels.HistoryAsync(samples[1])).Select(h => (h.From, h.To)));
    }

    [Fact]
    public async Task Samples_of_another_data_set_are_out_of_reach()
    {
        var (dataset, _) = await SeededSamples.AddAsync(_host, 1);
        var (_, others) = await SeededSamples.AddAsync(_host, 3, name: "others");

        var change = await Labels.SetManyAsync(dataset, others, "cat");

        Assert.Equal(0, change.Count);
        Assert.Equal(0, await _host.DatabaseAsync(d => d.Labels.CountAsync()));
    }

    [Fact]
    public async Task All_that_match_a_query_are_labelled()
    {
        var (dataset, samples) = await SeededSamples.AddAsync(_host, 40, i => $"{(i % 4 == 0 ? "Hunde" : "Katzen")}/{i}.jpg");
        await Labels.SetAsync(samples[0], "cat", 0);

        var change = await Labels.SetManyAsync(new SampleQuery(dataset, Label: "none", Text: "hunde/"), "dog");

        Assert.Equal(9, change.Count);
        Assert.Equal(9, await _host.DatabaseAsync(d => d.Samples.CountAsync(s => s.LabelClass!.Name == "dog")));
    }

    [Fact]
    public async Task Undo_puts_back_what_was_there_except_where_something_was_decided_since()
    {
        var (dataset, samples) = await SeededSamples.AddAsync(_host, 4);
        await Labels.SetAsync(samples[0], "dog", 0);
        var change = await Labels.SetManyAsync(dataset, samples, "cat");
        await Labels.SetAsync(samples[3], "dog", null);

        var undo = await Labels.UndoAsync(change.ActionId);

        Assert.Equal((3, 1), (undo.Undone, undo.Skipped));
        Assert.Equal(["dog", null, null, "dog"], await LabelsOfAsync(samples));
        Assert.Equal([("cat", "dog"), ("dog", "cat"), (null, "dog")], (await Labels.HistoryAsync(samples[0])).Select(h => (h.From, h.To)));
    }

    [Fact]
    public async Task An_undo_can_be_undone()
    {
        var (dataset, samples) = await SeededSamples.AddAsync(_host, 3);
        var change = await Labels.SetManyAsync(dataset, samples, "cat");

        var undo = await Labels.UndoAsync(change.ActionId);
        await Labels.UndoAsync(undo.ActionId);

        Assert.Equal(["cat", "cat", "cat"], await LabelsOfAsync(samples));
        Assert.Equal(404, (await Assert.ThrowsAsync<UserException>(() => Labels.UndoAsync(Guid.NewGuid()))).Status);
    }

    [Fact]
    public async Task Counts_follow_bulk_changes()
    {
        var (dataset, samples) = await SeededSamples.AddAsync(_host, 12);

        await Labels.SetManyAsync(dataset, [.. samples.Take(7)], "dog");

        var counts = await _host.DatabaseAsync(d => d.SampleCounts.Where(c => c.Count > 0).OrderBy(c => c.LabelClassId).Select(c => c.Count).ToListAsync());
        Assert.Equal([5, 7], counts);
    }

    [Fact]
    public async Task Twenty_thousand_are_labelled_and_undone_within_seconds()
    {
        var (dataset, samples) = await SeededSamples.AddAsync(_host, 20_000);
        var watch = System.Diagnostics.Stopwatch.StartNew();

        var change = await Labels.SetManyAsync(new SampleQuery(dataset), "cat");
        var labelled = watch.Elapsed;
        var undo = await Labels.UndoAsync(change.ActionId);
        var undone = watch.Elapsed - labelled;

        TestContext.Current.TestOutputHelper?.WriteLine($"20,000 labelled in {labelled.TotalMilliseconds:f0} ms, undone in {undone.TotalMilliseconds:f0} ms");
        Assert.Equal((20_000, 20_000, 0), (change.Count, undo.Undone, undo.Skipped));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"Took {watch.Elapsed}.");
        Assert.Equal(samples.Count, await _host.DatabaseAsync(d => d.Samples.CountAsync(s => s.LabelClassId == null && s.LabelVersion == 2)));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private async Task<IReadOnlyList<string?>> LabelsOfAsync(IReadOnlyList<long> samples) =>
        await _host.DatabaseAsync(d => d.Samples.Where(s => samples.Contains(s.Id)).OrderBy(s => s.Id).Select(s => s.LabelClass!.Name).ToListAsync());
}
