using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CatDog.Data.Datasets;
using CatDog.Data.Runs;
using CatDog.Web.Features.Labeling;
using CatDog.Web.Features.Predictions;
using CatDog.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CatDog.Web.Tests.Features.Predictions;

public sealed class PredictionApiTests : IAsyncDisposable
{
    private readonly CatDogHost _host = new();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_page_tells_label_prediction_and_probabilities_of_each_photo()
    {
        var (run, samples) = await SeededPredictions.AddAsync(_host, ["cat", null], [0.75, 0.25]);

        var page = await GetAsync($"/api/runs/{run}/predictions");

        Assert.Equal(2, page.GetProperty("total").GetInt32());
        Assert.Equal(JsonValueKind.Null, page.GetProperty("next").ValueKind);
        Assert.Equal(
            $$"""{"sampleId":{{samples[0]}},"fileName":"00000.jpg","path":"photos/00000.jpg","label":"cat","predicted":"dog","correct":false,"confidence":0.75,"probabilities":{"cat":0.25,"dog":0.75},"split":"test","version":1}""",
            page.GetProperty("items")[0].GetRawText());
        Assert.Equal(JsonValueKind.Null, page.GetProperty("items")[1].GetProperty("correct").ValueKind);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("confidence")]
    [InlineData("-confidence")]
    public async Task Paging_shows_each_prediction_once_and_in_order_though_many_are_equally_sure(string sort)
    {
        // Three different confidences in 50 rows: nearly every page ends within equal ones.
        var (run, samples) = await SeededPredictions.AddAsync(_host, [.. Enumerable.Repeat("cat", 50)], [.. Enumerable.Range(0, 50).Select(i => (i % 3) switch { 0 => 0.1, 1 => 0.3, _ => 1.0 / 7 })]);

        var seen = new List<(long Id, double Confidence)>();
        string? after = null;
        do
        {
            var page = await GetAsync($"/api/runs/{run}/predictions?sort={sort}&take=7&after={after}");
            Assert.Equal(50, page.GetProperty("total").GetInt32());
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => (i.GetProperty("sampleId").GetInt64(), i.GetProperty("confidence").GetDouble())));
            after = page.GetProperty("next").GetString();
        }
        while (after is not null);

        Assert.Equal(samples, seen.Select(s => s.Id).Order());
        var expected = sort switch
        {
            "id" => seen.OrderBy(s => s.Id),
            "confidence" => seen.OrderBy(s => s.Confidence),
            _ => seen.OrderByDescending(s => s.Confidence),
        };
        Assert.Equal(expected.Select(s => s.Confidence), seen.Select(s => s.Confidence));
    }

    [Theory]
    [InlineData("", 6)]
    [InlineData("predicted=dog", 3)]
    [InlineData("label=cat", 3)]
    [InlineData("label=none", 1)]
    [InlineData("correct=true", 3)]
    [InlineData("correct=false", 2)]
    [InlineData("label=cat&correct=false", 1)]
    [InlineData("predicted=cat&label=dog", 1)]
    [InlineData("split=val", 1)]
    [InlineData("split=train", 0)]
    [InlineData("predicted=&label=&correct=&sort=", 6)]
    public async Task Filters_choose_predictions_and_the_total_agrees(string query, int expected)
    {
        var run = await SixAsync();

        var page = await GetAsync($"/api/runs/{run}/predictions?{query}");

        Assert.Equal((expected, expected), (page.GetProperty("total").GetInt32(), page.GetProperty("items").GetArrayLength()));
    }

    [Theory]
    [InlineData("predicted=horse", "cat, dog")]
    [InlineData("correct=perhaps", "true nor false")]
    [InlineData("sort=size", "-confidence")]
    [InlineData("split=dev", "train, val or test")]
    [InlineData("take=0", "take")]
    [InlineData("after=nonsense", "after")]
    public async Task A_query_that_makes_no_sense_is_answered_with_what_would(string query, string hint)
    {
        var run = await SixAsync();

        var answer = await _host.Http.GetAsync($"/api/runs/{run}/predictions?{query}");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(hint, await DetailAsync(answer), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_full_csv_is_exact_with_quotes_and_formulas_defused()
    {
        var (run, samples) = await SeededPredictions.AddAsync(
            _host, ["cat", "dog", null], [0.25, 0.25, 0.75], i => i switch { 0 => "a/plain.jpg", 1 => "a/say \"hi\", dog.jpg", _ => "=cmd()/=1+1.jpg" });

        var answer = await _host.Http.GetAsync($"/api/runs/{run}/predictions.csv?format=full");

        Assert.Equal("text/csv", answer.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        Assert.Equal(
            $"""
            sample_id,file_name,path,label,predicted_label,correct,p_cat,p_dog,run_id
            {samples[0]},plain.jpg,a/plain.jpg,cat,cat,true,0.75,0.25,{run}
            {samples[1]},"say ""hi"", dog.jpg","a/say ""hi"", dog.jpg",dog,cat,false,0.75,0.25,{run}
            {samples[2]},'=1+1.jpg,'=cmd()/=1+1.jpg,,dog,,0.25,0.75,{run}

            """,
            (await answer.Content.ReadAsStringAsync()).ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task The_article_csv_has_class_numbers_and_the_kaggle_csv_is_sorted_by_the_number_in_the_name()
    {
        var (run, _) = await SeededPredictions.AddAsync(_host, ["cat", "dog", "dog"], [0.25, 0.75, 0.5], i => i switch { 0 => "10.jpg", 1 => "9.jpg", _ => "cat.100.jpg" });

        Assert.Equal("file_name,predicted_class_id\r\n10.jpg,0\r\n9.jpg,1\r\ncat.100.jpg,1\r\n", await _host.Http.GetStringAsync($"/api/runs/{run}/predictions.csv?format=article"));
        Assert.Equal("id,label\r\n9,0.75\r\n10,0.25\r\n100,0.5\r\n", await _host.Http.GetStringAsync($"/api/runs/{run}/predictions.csv?format=kaggle"));
        Assert.Equal("file_name,predicted_class_id\r\n10.jpg,0\r\n", await _host.Http.GetStringAsync($"/api/runs/{run}/predictions.csv?format=article&predicted=cat"));
        Assert.Equal(HttpStatusCode.BadRequest, (await _host.Http.GetAsync($"/api/runs/{run}/predictions.csv?format=xlsx")).StatusCode);
    }

    [Fact]
    public async Task A_csv_longer_than_one_read_has_each_row_once()
    {
        const int Count = 12_345;
        var (run, _) = await SeededPredictions.AddAsync(_host, [.. Enumerable.Repeat("cat", Count)], [.. Enumerable.Repeat(0.25, Count)]);

        var lines = (await _host.Http.GetStringAsync($"/api/runs/{run}/predictions.csv?sort=-confidence")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(Count, lines.Skip(1).Distinct().Count());
        Assert.Equal(Count + 1, lines.Length);
    }

    [Fact]
    public async Task A_corrected_label_changes_accuracy_matrix_and_filters()
    {
        var (run, samples) = await SeededPredictions.AddAsync(_host, ["cat", "cat", "dog", "dog"], [0.1, 0.9, 0.9, 0.8]);
        var review = _host.Services.GetRequiredService<PredictionReview>();
        var before = await review.CountAsync(run);

        await _host.Services.GetRequiredService<LabelService>().SetAsync(samples[1], "dog", null);

        var after = await review.CountAsync(run);
        Assert.Equal((0.75, 1L, 1.0, 0L), (before.Accuracy, before.Wrong, after.Accuracy, after.Wrong));
        Assert.Equal((1L, 2L), (before.Sum(c => c is { Label: "cat", Predicted: "dog" }), before.Sum(c => c is { Label: "dog", Predicted: "dog" })));
        Assert.Equal((0L, 3L), (after.Sum(c => c is { Label: "cat", Predicted: "dog" }), after.Sum(c => c is { Label: "dog", Predicted: "dog" })));
        Assert.Equal(0, (await GetAsync($"/api/runs/{run}/predictions?correct=false")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task A_run_without_a_model_is_answered_409_and_one_that_is_not_there_404()
    {
        var (run, _) = await SeededPredictions.AddRunAsync(_host, RunStatus.Failed);

        var answer = await _host.Http.PostAsJsonAsync($"/api/runs/{run}/predictions", new { split = "test" });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Contains("without a model", await DetailAsync(answer), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Http.PostAsJsonAsync("/api/runs/77/predictions", new { split = "test" })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Http.GetAsync("/api/runs/77/predictions")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Http.GetAsync("/api/runs/77/predictions.csv")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await _host.Http.PostAsync($"/api/runs/{run}/predict", new ByteArrayContent([1, 2, 3]))).StatusCode);
    }

    [Fact]
    public async Task An_empty_split_is_answered_400()
    {
        var run = await SixAsync();
        await SeededPredictions.BreakModelAsync(_host, run);

        var answer = await _host.Http.PostAsJsonAsync($"/api/runs/{run}/predictions", new { split = "train" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("train", await DetailAsync(answer), StringComparison.Ordinal);
    }

    private async Task<long> SixAsync() => (await SeededPredictions.AddAsync(
        _host, ["cat", "cat", "cat", "dog", "dog", null], [0.1, 0.2, 0.9, 0.8, 0.3, 0.7], split: i => i == 5 ? Split.Val : Split.Test)).Run;

    private Task<JsonElement> GetAsync(string path) => _host.Http.GetFromJsonAsync<JsonElement>(path);

    private static async Task<string> DetailAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString()!;
}
