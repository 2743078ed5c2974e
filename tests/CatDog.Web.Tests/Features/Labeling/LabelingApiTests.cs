using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CatDog.Data.Datasets;
using CatDog.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Tests.Features.Labeling;

public sealed class LabelingApiTests : IAsyncDisposable
{
    private readonly CatDogHost _host = new();

    [Fact]
    public async Task A_page_names_the_next_and_the_total_and_each_sample_in_full()
    {
        var (dataset, samples) = await SeededSamples.AddAsync(_host, 5);
        await PutAsync(samples[0], new { label = "cat", version = 0 });
        await SplitAsync(samples[0], Split.Val);

        var page = await GetAsync($"/api/datasets/{dataset}/samples?take=2");

        Assert.Equal(5, page.GetProperty("total").GetInt32());
        Assert.Equal(2, page.GetProperty("items").GetArrayLength());
        Assert.Equal(JsonValueKind.String, page.GetProperty("next").ValueKind);
        Assert.Equal(
            $$"""{"id":{{samples[0]}},"fileName":"00000.jpg","path":"photos/00000.jpg","label":"cat","split":"val","width":640,"height":480,"version":1}""",
            page.GetProperty("items")[0].GetRawText());
        Assert.Equal(JsonValueKind.Null, page.GetProperty("items")[1].GetProperty("label").ValueKind);
    }

    [Theory]
    [InlineData("", 6)]
    [InlineData("label=cat", 2)]
    [InlineData("label=none", 4)]
    [InlineData("split=train", 1)]
    [InlineData("split=none", 5)]
    [InlineData("label=cat&split=train", 1)]
    [InlineData("q=A/1", 1)]
    [InlineData("q=%25", 0)]
    [InlineData("q=a&label=none", 3)]
    [InlineData("label=&split=&q=&sort=", 6)]
    public async Task Filters_choose_samples_and_the_total_agrees(string query, int expected)
    {
        var (dataset, samples) = await SeededSamples.AddAsync(_host, 6, i => $"{(i < 4 ? "a" : "b")}/{i}.png");
        await PutAsync(samples[0], new { label = "cat" });
        await PutAsync(samples[5], new { label = "cat" });
        await SplitAsync(samples[0], Split.Train);

        var page = await GetAsync($"/api/datasets/{dataset}/samples?{query}");

        Assert.Equal((expected, expected), (page.GetProperty("items").GetArrayLength(), page.GetProperty("total").GetInt32()));
        Assert.Equal(JsonValueKind.Null, page.GetProperty("next").ValueKind);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("-id")]
    [InlineData("name")]
    [InlineData("-name")]
    public async Task Paging_meets_every_sample_once_while_labels_change(string sort)
    {
        // Names repeat, so that order by name must fall back on the id.
        var (dataset, samples) = await SeededSamples.AddAsync(_host, 137, i => $"{i}/{i * 7 % 20}.jpg");
        var seen = new List<(string Name, long Id)>();
        string? after = null;
        do
        {
            var page = await GetAsync($"/api/datasets/{dataset}/samples?sort={sort}&take=10&after={after}");
            foreach (var item in page.GetProperty("items").EnumerateArray())
            {
                seen.Add((item.GetProperty("fileName").GetString()!, item.GetProperty("id").GetInt64()));
                await PutAsync(seen[^1].Id, new { label = seen.Count % 2 == 0 ? "cat" : "dog" });
            }

            after = page.GetProperty("next").GetString();
        }
        while (after is not null);

        Assert.Equal(samples.Count, seen.Count);
        IEnumerable<(string Name, long Id)> expected = sort.EndsWith("id", StringComparison.Ordinal)
            ? seen.OrderBy(s => s.Id)
            : seen.OrderBy(s => s.Name, StringComparer.Ordinal).ThenBy(s => s.Id);
        Assert.Equal(sort[0] == '-' ? expected.Reverse() : expected, seen);
        Assert.Equal(samples, seen.Select(s => s.Id).Order());
    }

    [Fact]
    public async Task Working_through_the_unlabeled_while_labelling_them_skips_none()
    {
        var (dataset, samples) = await SeededSamples.AddAsync(_host, 45);
        var seen = new List<long>();
        string? after = null;
        do
        {
            var page = await GetAsync($"/api/datasets/{dataset}/samples?label=none&take=10&after={after}");
            foreach (var id in page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetInt64()).ToList())
            {
                seen.Add(id);
                await PutAsync(id, new { label = "dog" });
            }

            after = page.GetProperty("next").GetString();
        }
        while (after is not null);

        Assert.Equal(samples, seen);
    }

    [Fact]
    public async Task A_sequence_holds_the_order_the_labels_and_the_versions_of_all()
    {
        var (dataset, samples) = await SeededSamples.AddAsync(_host, 3);
        await PutAsync(samples[1], new { label = "dog" });

        var first = await GetAsync($"/api/datasets/{dataset}/samples/sequence?sort=-id&take=2");
        var second = await GetAsync($"/api/datasets/{dataset}/samples/sequence?sort=-id&take=2&after={first.GetProperty("next").GetString()}");

        Assert.Equal($"[{samples[2]},{samples[1]}]", first.GetProperty("ids").GetRawText());
        Assert.Equal("[-1,1]", first.GetProperty("labels").GetRawText());
        Assert.Equal("[0,1]", first.GetProperty("versions").GetRawText());
        Assert.Equal($$"""{"ids":[{{samples[0]}}],"labels":[-1],"versions":[0],"next":null}""", second.GetRawText());
    }

    [Theory]
    [InlineData("label=horse", "cat, dog")]
    [InlineData("split=dev", "train, val or test")]
    [InlineData("sort=size", "-name")]
    [InlineData("take=0", "take")]
    [InlineData("after=nonsense", "after")]
    public async Task A_query_that_makes_no_sense_is_answered_with_what_would(string query, string hint)
    {
        var (dataset, _) = await SeededSamples.AddAsync(_host, 1);

        var answer = await _host.Http.GetAsync($"/api/datasets/{dataset}/samples?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(hint, await DetailAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_label_is_set_and_cleared_and_its_history_told()
    {
        var (_, samples) = await SeededSamples.AddAsync(_host, 1);

        var set = await PutAsync(samples[0], new { label = "cat", version = 0 });
        var cleared = await PutAsync(samples[0], new { label = (string?)null, version = 1 });

        Assert.Equal($$"""{"id":{{samples[0]}},"label":"cat","version":1}""", await set.Content.ReadAsStringAsync());
        Assert.Equal($$"""{"id":{{samples[0]}},"label":null,"version":2}""", await cleared.Content.ReadAsStringAsync());
        var history = await GetAsync($"/api/samples/{samples[0]}/labels");
        Assert.Equal(2, history.GetArrayLength());
        Assert.Equal(("cat", "human", Environment.UserName), (history[0].GetProperty("from").GetString(), history[0].GetProperty("source").GetString(), history[0].GetProperty("who").GetString()));
        Assert.EndsWith("Z", history[0].GetProperty("when").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stale_version_is_answered_409_with_the_present_label()
    {
        var (_, samples) = await SeededSamples.AddAsync(_host, 1);
        await PutAsync(samples[0], new { label = "cat", version = 0 });

        var answer = await PutAsync(samples[0], new { label = "dog", version = 0 });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(("cat", 1), (problem.GetProperty("label").GetString(), problem.GetProperty("version").GetInt32()));
        Assert.Contains("'cat'", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"label":"horse"}""", HttpStatusCode.BadRequest, "cat, dog")]
    [InlineData("""{"lable":"cat"}""", HttpStatusCode.BadRequest, "label")]
    [InlineData("""{"label":""", HttpStatusCode.BadRequest, "JSON")]
    public async Task A_label_that_cannot_be_read_changes_nothing(string body, HttpStatusCode status, string hint)
    {
        var (_, samples) = await SeededSamples.AddAsync(_host, 1);
        await PutAsync(samples[0], new { label = "dog" });

        var answer = await _host.Http.PutAsync($"/api/samples/{samples[0]}/label", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));

        Assert.Equal(status, answer.StatusCode);
        Assert.Contains(hint, await DetailAsync(answer), StringComparison.Ordinal);
        Assert.Single((await GetAsync($"/api/samples/{samples[0]}/labels")).EnumerateArray());
    }

    [Fact]
    public async Task What_is_not_there_is_answered_404()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Http.GetAsync("/api/datasets/77/samples")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Http.GetAsync("/api/samples/77/labels")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PutAsync(77, new { label = "cat" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Http.PostAsJsonAsync("/api/labels/undo", new { actionId = Guid.NewGuid() })).StatusCode);
    }

    [Fact]
    public async Task Many_are_labelled_by_ids_or_by_query_and_undone()
    {
        var (dataset, samples) = await SeededSamples.AddAsync(_host, 6);

        var byIds = await PostAsync($"/api/datasets/{dataset}/labels", new { ids = samples.Take(2), label = "cat" });
        var byQuery = await PostAsync($"/api/datasets/{dataset}/labels", new { query = new { label = "none" }, label = "dog" });
        var undo = await PostAsync("/api/labels/undo", new { actionId = byQuery.GetProperty("actionId").GetGuid() });
        var neither = await _host.Http.PostAsJsonAsync($"/api/datasets/{dataset}/labels", new { label = "dog" });

        Assert.Equal((2, 4, 4), (byIds.GetProperty("count").GetInt32(), byQuery.GetProperty("count").GetInt32(), undo.GetProperty("undone").GetInt32()));
        Assert.Equal(HttpStatusCode.BadRequest, neither.StatusCode);
        Assert.Equal(2, (await GetAsync($"/api/datasets/{dataset}/samples?label=cat")).GetProperty("total").GetInt32());
        Assert.Equal(4, (await GetAsync($"/api/datasets/{dataset}/samples?label=none")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Samples_move_to_a_split_and_are_locked_there()
    {
        var (dataset, samples) = await SeededSamples.AddAsync(_host, 3);

        using var moved = await _host.Http.PostAsJsonAsync("/api/samples/split", new { ids = samples.Take(2), split = "val" });
        using var unknown = await _host.Http.PostAsJsonAsync("/api/samples/split", new { ids = samples, split = "dev" });

        Assert.Equal(HttpStatusCode.NoContent, moved.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, unknown.StatusCode);
        Assert.Equal(2, (await GetAsync($"/api/datasets/{dataset}/samples?split=val")).GetProperty("total").GetInt32());
        Assert.Equal(2, await _host.DatabaseAsync(d => d.Samples.CountAsync(s => s.SplitLocked)));
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private Task<HttpResponseMessage> PutAsync(long sample, object body) => _host.Http.PutAsJsonAsync($"/api/samples/{sample}/label", body);

    private Task<JsonElement> GetAsync(string path) => _host.Http.GetFromJsonAsync<JsonElement>(path);

    private async Task<JsonElement> PostAsync(string path, object body)
    {
        using var answer = await _host.Http.PostAsJsonAsync(path, body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private Task<int> SplitAsync(long sample, Split split) =>
        _host.DatabaseAsync(d => d.Samples.Where(s => s.Id == sample).ExecuteUpdateAsync(u => u.SetProperty(s => s.Split, split)));

    private static async Task<string> DetailAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!;
}
