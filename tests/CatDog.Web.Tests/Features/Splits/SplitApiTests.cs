using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CatDog.Data.Datasets;
using CatDog.Web.Features.Splits;
using CatDog.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CatDog.Web.Tests.Features.Splits;

public sealed class SplitApiTests
{
    [Fact]
    public async Task A_split_answers_with_counts_per_split_and_class_and_is_in_the_database()
    {
        await using var host = new CatDogHost();
        var id = await host.AddAsync(40);

        var answer = await host.Http.PutAsJsonAsync($"/api/datasets/{id}/split", new { train = 70, val = 15, test = 15, seed = 7, stratify = true, keepDuplicatesTogether = true });

        var counts = await answer.Content.ReadFromJsonAsync<Dictionary<string, Dictionary<string, int>>>();
        Assert.Equal(14, counts!["train"]["cat"]);
        Assert.Equal(3, counts["val"]["dog"]);
        Assert.Equal(3, counts["test"]["cat"]);
        Assert.Equal(28, await host.DatabaseAsync(d => d.Samples.CountAsync(s => s.Split == Split.Train)));
    }

    [Fact]
    public async Task A_preview_changes_nothing_and_tells_what_applying_then_does()
    {
        await using var host = new CatDogHost();
        var id = await host.AddAsync(40);
        var splits = host.Services.GetRequiredService<SplitService>();

        var preview = await splits.PreviewAsync(id, new());
        Assert.Equal(0, await host.DatabaseAsync(d => d.Samples.CountAsync(s => s.Split != null)));
        var applied = await splits.ApplyAsync(id, new());

        Assert.Equal(40, preview.Changed);
        Assert.Equal(preview.Counts, applied.Counts);
        Assert.Equal(0, (await splits.PreviewAsync(id, new())).Changed);
        Assert.Equal(new SplitSettings(), await splits.AppliedAsync(id));
    }

    [Fact]
    public async Task A_moved_and_locked_sample_stays_through_a_new_split_until_it_is_unlocked()
    {
        await using var host = new CatDogHost();
        var id = await host.AddAsync(40);
        var splits = host.Services.GetRequiredService<SplitService>();
        await splits.ApplyAsync(id, new());
        var moved = await host.DatabaseAsync(d => d.Samples.FirstAsync(s => s.Split == Split.Train));

        await splits.MoveAsync([moved.Id], Split.Test, locked: true);
        await splits.ApplyAsync(id, new());

        Assert.Equal(Split.Test, await host.DatabaseAsync(d => d.Samples.Where(s => s.Id == moved.Id).Select(s => s.Split).SingleAsync()));
        Assert.Equal(moved.Id, Assert.Single(await splits.LockedAsync(id, 10)).Id);
        await splits.UnlockAsync([moved.Id]);
        await splits.ApplyAsync(id, new());
        Assert.Equal(Split.Train, await host.DatabaseAsync(d => d.Samples.Where(s => s.Id == moved.Id).Select(s => s.Split).SingleAsync()));
    }

    [Theory]
    [InlineData("""{"train":70,"val":-5,"test":15}""", "val")]
    [InlineData("""{"train":70,"val":15,"test":50}""", "train")]
    [InlineData("""{"train":70,"val":15,"test":"much"}""", "test")]
    [InlineData("""{"train":70,"val":15,"test":15,"seed":1.5}""", "seed")]
    public async Task Settings_that_will_not_do_are_refused_by_the_name_of_the_field(string body, string field)
    {
        await using var host = new CatDogHost();
        var id = await host.AddAsync(4);

        var answer = await host.Http.PutAsync($"/api/datasets/{id}/split", new StringContent(body, null, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
        Assert.Contains(field, problem.GetProperty("detail").GetString());
    }

    [Fact]
    public async Task An_unknown_data_set_is_not_found()
    {
        await using var host = new CatDogHost();

        var answer = await host.Http.PutAsJsonAsync("/api/datasets/77/split", new SplitSettings());

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }
}
