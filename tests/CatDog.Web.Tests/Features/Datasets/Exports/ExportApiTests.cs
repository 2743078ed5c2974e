using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CatDog.Data.Datasets;
using CatDog.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Tests.Features.Datasets.Exports;

public sealed class ExportApiTests
{
    private static readonly (string, string?, Split?)[] Samples =
    [
        ("cats/a.jpg", "cat", Split.Train),
        ("dogs/b, \"c\".jpg", "dog", Split.Train),
        ("cats/d.jpg", "cat", Split.Val),
        ("dogs/e.jpg", "dog", Split.Test),
        ("f.jpg", null, Split.Test),
        ("g.jpg", null, Split.Train),
        ("=cmd|'calc'!A0.jpg", "dog", null),
    ];

    [Fact]
    public async Task The_csv_has_every_sample_with_formulas_defused()
    {
        await using var host = new CatDogHost();
        var id = await ExportSet.AddAsync(host, "Photos", Samples);

        var answer = await host.Http.GetAsync($"/api/datasets/{id}/export?format=csv");
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n");

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Photos-csv.csv", answer.Content.Headers.ContentDisposition!.FileNameStar);
        Assert.Equal("sample_id,file_name,path,label,split,width,height,sha256", lines[0]);
        Assert.Equal($"1,a.jpg,cats/a.jpg,cat,train,100,80,{0:x64}", lines[1]);
        Assert.Equal($"2,\"b, \"\"c\"\".jpg\",\"dogs/b, \"\"c\"\".jpg\",dog,train,101,80,{1:x64}", lines[2]);
        Assert.Equal($"5,f.jpg,f.jpg,,test,104,80,{4:x64}", lines[5]);
        Assert.Equal($"7,'=cmd|'calc'!A0.jpg,'=cmd|'calc'!A0.jpg,dog,,106,80,{6:x64}", lines[7]);
        Assert.Equal("", lines[8]);
        Assert.Equal(9, lines.Length);
    }

    [Fact]
    public async Task The_article_files_come_as_a_zip_and_the_test_file_gives_no_labels_away()
    {
        await using var host = new CatDogHost();
        var id = await ExportSet.AddAsync(host, "Photos", Samples);

        await using var body = await host.Http.GetStreamAsync($"/api/datasets/{id}/export?format=article");
        var bytes = new MemoryStream();
        await body.CopyToAsync(bytes);
        using var zip = new ZipArchive(bytes);

        Assert.Equal(["training_meta.csv", "val_meta.csv", "test_meta.csv"], zip.Entries.Select(e => e.FullName));
        Assert.Equal("file_name,label\r\ncats/a.jpg,cat\r\n\"dogs/b, \"\"c\"\".jpg\",dog\r\n", Text("training_meta.csv"));
        Assert.Equal("file_name,label\r\ncats/d.jpg,cat\r\n", Text("val_meta.csv"));
        Assert.Equal("file_name,label\r\ndogs/e.jpg,\r\nf.jpg,\r\n", Text("test_meta.csv"));

        string Text(string name)
        {
            using var reader = new StreamReader(zip.GetEntry(name)!.Open());
            return reader.ReadToEnd();
        }
    }

    [Fact]
    public async Task Kaggle_sorts_by_the_numbers_in_the_names_where_each_photo_has_its_own()
    {
        await using var host = new CatDogHost();
        var numbered = await ExportSet.AddAsync(host, "Numbered", ("10.jpg", "dog", null), ("9.jpg", "cat", null), ("100.jpg", "dog", null), ("3.jpg", null, null));
        var named = await ExportSet.AddAsync(host, "Named", ("cat.1.jpg", "cat", null), ("dog.1.jpg", "dog", null));

        Assert.Equal("id,label\r\n9,0\r\n10,1\r\n100,1\r\n", await host.Http.GetStringAsync($"/api/datasets/{numbered}/export?format=kaggle"));
        Assert.Equal("id,label\r\n5,0\r\n6,1\r\n", await host.Http.GetStringAsync($"/api/datasets/{named}/export?format=kaggle"));
    }

    [Fact]
    public async Task The_list_has_tabs_between_number_class_and_path()
    {
        await using var host = new CatDogHost();
        var id = await ExportSet.AddAsync(host, "Photos", Samples);

        var list = await host.Http.GetStringAsync($"/api/datasets/{id}/export?format=lst");

        Assert.Equal("1\t0\tcats/a.jpg\n2\t1\tdogs/b, \"c\".jpg\n3\t0\tcats/d.jpg\n4\t1\tdogs/e.jpg\n7\t1\t=cmd|'calc'!A0.jpg\n", list);
    }

    [Fact]
    public async Task The_manifest_is_a_JSON_object_a_line_that_says_who_labelled()
    {
        await using var host = new CatDogHost();
        var id = await ExportSet.AddAsync(host, "Photos", ("a.jpg", "cat", null), ("b.jpg", "dog", null), ("c.jpg", null, null));
        await host.DatabaseAsync(async database =>
        {
            var (a, b) = (await database.Samples.SingleAsync(s => s.Path == "a.jpg"), await database.Samples.SingleAsync(s => s.Path == "b.jpg"));
            (a.LabelVersion, b.LabelVersion) = (2, 1);
            var when = new DateTime(2026, 11, 24, 9, 30, 0, DateTimeKind.Utc);
            database.Add(new Label { SampleId = a.Id, Version = 1, Source = LabelSource.Human, Actor = "ann", CreatedAt = when });
            database.Add(new Label { SampleId = a.Id, Version = 2, Source = LabelSource.Prediction, Actor = "run 1", CreatedAt = when });
            database.Add(new Label { SampleId = b.Id, Version = 1, Source = LabelSource.Human, Actor = "ann", CreatedAt = when });
            database.Add(new SampleFile { DatasetId = id, SampleId = b.Id, Origin = "s3://bucket/photos/b.jpg" });
            return await database.SaveChangesAsync();
        });

        var lines = (await host.Http.GetStringAsync($"/api/datasets/{id}/export?format=manifest")).TrimEnd('\n').Split('\n')
            .Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal(2, lines.Count);
        Assert.Equal(("a.jpg", 0), (lines[0].GetProperty("source-ref").GetString(), lines[0].GetProperty("class").GetInt32()));
        Assert.Equal("no", lines[0].GetProperty("class-metadata").GetProperty("human-annotated").GetString());
        Assert.Equal(("s3://bucket/photos/b.jpg", 1), (lines[1].GetProperty("source-ref").GetString(), lines[1].GetProperty("class").GetInt32()));
        var metadata = lines[1].GetProperty("class-metadata");
        Assert.Equal(("yes", "dog", "groundtruth/image-classification", "2026-11-24T09:30:00.000000"),
            (metadata.GetProperty("human-annotated").GetString(), metadata.GetProperty("class-name").GetString(), metadata.GetProperty("type").GetString(), metadata.GetProperty("creation-date").GetString()));
    }

    [Fact]
    public async Task More_samples_than_a_page_of_the_database_are_all_there_once()
    {
        await using var host = new CatDogHost();
        var id = await ExportSet.AddAsync(host, "Many", [.. Enumerable.Range(0, 4001).Select(i => ($"{i}.jpg", (string?)"cat", (Split?)null))]);

        foreach (var (format, header) in new[] { ("csv", 1), ("lst", 0), ("manifest", 0), ("kaggle", 1) })
        {
            var lines = (await host.Http.GetStringAsync($"/api/datasets/{id}/export?format={format}")).TrimEnd().Split('\n');
            Assert.Equal(4001 + header, lines.Distinct().Count());
        }
    }

    [Theory]
    [InlineData("xml", HttpStatusCode.BadRequest, "article, csv, kaggle, lst or manifest")]
    [InlineData("kaggle", HttpStatusCode.BadRequest, "two classes")]
    public async Task What_cannot_be_exported_is_said_before_the_first_byte(string format, HttpStatusCode status, string reason)
    {
        await using var host = new CatDogHost();
        var id = await ExportSet.AddAsync(host, "Three", ["cat", "dog", "fox"], ("a.jpg", "fox", null));

        var answer = await host.Http.GetAsync($"/api/datasets/{id}/export?format={format}");

        Assert.Equal(status, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains(reason, problem.GetProperty("detail").GetString());
        Assert.True(problem.GetProperty("errors").TryGetProperty("format", out _));
        Assert.Equal(HttpStatusCode.NotFound, (await host.Http.GetAsync("/api/datasets/99/export?format=csv")).StatusCode);
    }
}
