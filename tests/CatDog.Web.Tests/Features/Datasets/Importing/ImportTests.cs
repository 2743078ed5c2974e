using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CatDog.Data.Datasets;
using CatDog.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Tests.Features.Datasets.Importing;

public sealed class ImportTests : IAsyncLifetime
{
    private readonly PhotoFolder _photos = new();
    private readonly CatDogHost _host = new();
    private long _dataset;

    public async ValueTask InitializeAsync() => _dataset = await _host.CreateDatasetAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _photos.Dispose();
    }

    [Theory]
    [InlineData(null)]
    [InlineData("folder")]
    public async Task The_folder_is_the_label_in_singular_or_plural_and_any_case(string? labels)
    {
        _photos.Photo("cats/a.jpg", 1).Photo("Dog/b.jpg", 2).Photo("DOGS/2024/c.jpg", 3).Photo("birds/d.jpg", 4);

        var report = await _host.ImportAsync(_dataset, _photos.Path, labels);

        Assert.Equal(("completed", 4, 4, 0, 0), (report.Status, report.Found, report.Imported, report.Duplicates, report.Skipped));
        Assert.Equal(["DOGS/2024/c.jpg=dog", "Dog/b.jpg=dog", "birds/d.jpg=", "cats/a.jpg=cat"], await LabelsAsync());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("filename")]
    public async Task The_file_name_is_the_label(string? labels)
    {
        _photos.Photo("cat.0.jpg", 1).Photo("dog_12.jpg", 2).Photo("catalogue.jpg", 3).Photo("Dog (3).jpg", 4);

        await _host.ImportAsync(_dataset, _photos.Path, labels);

        Assert.Equal(["Dog (3).jpg=dog", "cat.0.jpg=cat", "catalogue.jpg=", "dog_12.jpg=dog"], await LabelsAsync());
    }

    [Fact]
    public async Task The_articles_csv_is_read_by_position_and_wins_over_names()
    {
        _photos.Photo("images/cat.0.jpg", 1).Photo("images/1.jpg", 2).Photo("images/2.jpg", 3).Photo("images/3.jpg", 4);
        _photos.Text("meta.csv", "image_name,what\ncat.0.jpg,dog\n1.jpg,cat\n2.jpg,\n3.jpg,horse\n");

        var report = await _host.ImportAsync(_dataset, _photos.At("images"), csv: _photos.At("meta.csv"));

        Assert.Equal(["1.jpg=cat", "2.jpg=", "3.jpg=", "cat.0.jpg=dog"], await LabelsAsync());
        Assert.Equal(("3.jpg", 4, 0), (Assert.Single(report.Problems).Path, report.Imported, report.Skipped));
        Assert.Contains("horse", report.Problems[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_csv_beside_the_photos_is_found_and_is_no_problem_itself()
    {
        _photos.Photo("1.jpg", 1).Photo("2.jpg", 2).Text("training_meta.csv", "file,label\n1.jpg,cat\n").Text("val_meta.csv", "file,label\n2.jpg,dog\n");

        var report = await _host.ImportAsync(_dataset, _photos.Path);

        Assert.Equal(["1.jpg=cat", "2.jpg=dog"], await LabelsAsync());
        Assert.Equal((2, 0), (report.Found, report.Problems.Count));
    }

    [Fact]
    public async Task A_csv_can_be_the_source_and_names_the_files_to_take()
    {
        _photos.Photo("images/a/1.jpg", 1).Photo("images/2.jpg", 2).Photo("images/not-named.jpg", 3);
        _photos.Text("list.csv", "file;label\n1.jpg;cat\n2.jpg;dog\nmissing.jpg;dog\n../list.csv;dog\n");

        var report = await _host.ImportAsync(_dataset, _photos.At("list.csv"), images: _photos.At("images"));

        Assert.Equal(["2.jpg=dog", "a/1.jpg=cat"], await LabelsAsync());
        Assert.Equal((4, 2, 2), (report.Found, report.Imported, report.Skipped));
        Assert.Equal(["missing.jpg", "../list.csv"], report.Problems.Select(p => p.Path));
    }

    [Fact]
    public async Task No_labels_means_none_although_the_names_say_otherwise()
    {
        _photos.Photo("cats/cat.1.jpg", 1);

        await _host.ImportAsync(_dataset, _photos.Path, "none");

        Assert.Equal(["cats/cat.1.jpg="], await LabelsAsync());
    }

    [Fact]
    public async Task The_same_bytes_are_one_sample_and_a_contradicting_label_is_reported()
    {
        _photos.Photo("cats/a.jpg", 1).Photo("cats/copy.jpg", 1).Photo("dogs/a.jpg", 1);

        var report = await _host.ImportAsync(_dataset, _photos.Path);

        Assert.Equal((3, 1, 2, 0), (report.Found, report.Imported, report.Duplicates, report.Skipped));
        Assert.Equal(["cats/a.jpg=cat"], await LabelsAsync());
        var problem = Assert.Single(report.Problems);
        Assert.Equal("dogs/a.jpg", problem.Path);
        Assert.Contains("cats/a.jpg", problem.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_photo_is_reported_by_name_and_reason_and_the_rest_goes_on()
    {
        _photos.Photo("cats/a.jpg", 1).Text("cats/broken.jpg", "<html>not found</html>").Text("cats/empty.jpg", "").Text("Thumbs.db", "x").Photo("dogs/b.jpg", 2);

        var report = await _host.ImportAsync(_dataset, _photos.Path);

        Assert.Equal(("completed", 5, 2, 3), (report.Status, report.Found, report.Imported, report.Skipped));
        Assert.Equal(["Thumbs.db", "cats/broken.jpg", "cats/empty.jpg"], report.Problems.Select(p => p.Path));
        Assert.All(report.Problems, p => Assert.NotEmpty(p.Reason));
    }

    [Fact]
    public async Task A_second_import_of_the_same_source_adds_nothing_and_keeps_what_a_person_decided()
    {
        _photos.Photo("cats/a.jpg", 1).Photo("dogs/b.jpg", 2);
        await _host.ImportAsync(_dataset, _photos.Path);
        await DecideAsync("cats/a.jpg", "dog");

        var report = await _host.ImportAsync(_dataset, _photos.Path);

        Assert.Equal((2, 0, 2, 0), (report.Found, report.Imported, report.Duplicates, report.Skipped));
        Assert.Equal(["cats/a.jpg=dog", "dogs/b.jpg=dog"], await LabelsAsync());
        Assert.Equal(2, await _host.DatabaseAsync(d => d.SampleFiles.CountAsync()));
    }

    [Fact]
    public async Task Photos_that_came_without_labels_get_them_from_a_later_import()
    {
        _photos.Photo("cats/a.jpg", 1);
        await _host.ImportAsync(_dataset, _photos.Path, "none");

        await _host.ImportAsync(_dataset, _photos.Path, "folder");

        Assert.Equal(["cats/a.jpg=cat"], await LabelsAsync());
        var label = await _host.DatabaseAsync(d => d.Labels.SingleAsync());
        Assert.Equal((1, LabelSource.Import, "import 2"), (label.Version, label.Source, label.Actor));
    }

    [Fact]
    public async Task A_photo_that_moved_is_found_where_it_is_now()
    {
        _photos.Photo("old/a.jpg", 1);
        await _host.ImportAsync(_dataset, _photos.Path);
        Directory.Move(_photos.At("old"), _photos.At("new"));

        await _host.ImportAsync(_dataset, _photos.Path);

        Assert.Equal(_photos.At("new/a.jpg"), await _host.DatabaseAsync(d => d.Samples.Select(s => s.Location).SingleAsync()));
    }

    [Theory]
    [InlineData("/no/such/folder", null, "source")]
    [InlineData("s3://bucket/prefix", null, "source")]
    [InlineData("", null, "source")]
    [InlineData("/tmp", "guess", "labels")]
    public async Task A_wrong_request_is_answered_with_the_field_that_is_wrong(string source, string? labels, string field)
    {
        var answer = await _host.Http.PostAsJsonAsync($"/api/datasets/{_dataset}/imports", new { source, labels });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _));
    }

    [Fact]
    public async Task What_is_not_there_is_answered_with_404()
    {
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Http.GetAsync("/api/imports/99")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Http.PostAsync("/api/imports/99/cancel", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Http.PostAsJsonAsync("/api/datasets/99/imports", new { source = _photos.Path })).StatusCode);
    }

    private async Task<List<string>> LabelsAsync()
    {
        var samples = await _host.DatabaseAsync(d => d.Samples.Include(s => s.LabelClass).ToListAsync());
        return [.. samples.Select(s => $"{s.Path}={s.LabelClass?.Name}").Order(StringComparer.Ordinal)];
    }

    private Task<int> DecideAsync(string path, string label) => _host.DatabaseAsync(async database =>
    {
        var sample = await database.Samples.SingleAsync(s => s.Path == path);
        var to = await database.LabelClasses.SingleAsync(c => c.DatasetId == _dataset && c.Name == label);
        database.Add(new Label { SampleId = sample.Id, Version = ++sample.LabelVersion, FromClassId = sample.LabelClassId, ToClassId = to.Id, Source = LabelSource.Human, Actor = "somebody", CreatedAt = DateTime.UtcNow });
        sample.LabelClassId = to.Id;
        return await database.SaveChangesAsync();
    });
}
