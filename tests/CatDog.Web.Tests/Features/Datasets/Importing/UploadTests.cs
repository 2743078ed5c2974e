using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using CatDog.Web.Features.Datasets.Importing;
using CatDog.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Tests.Features.Datasets.Importing;

public sealed class UploadTests : IAsyncLifetime
{
    private readonly CatDogHost _host = new();
    private long _dataset;

    public async ValueTask InitializeAsync() => _dataset = await _host.CreateDatasetAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Uploaded_photos_are_kept_with_the_labels_of_their_folders()
    {
        var report = await UploadAsync(("pets/cats/a.jpg", TestPhotos.Jpeg(1)), ("pets/dogs/b.jpg", TestPhotos.Jpeg(2)), ("pets/dogs/bad.jpg", [1, 2, 3]));

        Assert.Equal(("completed", 3, 2, 1), (report.Status, report.Found, report.Imported, report.Skipped));
        var samples = await _host.DatabaseAsync(d => d.Samples.Include(s => s.LabelClass).OrderBy(s => s.Path).ToListAsync());
        Assert.Equal(["pets/cats/a.jpg=cat", "pets/dogs/b.jpg=dog"], samples.Select(s => $"{s.Path}={s.LabelClass?.Name}"));
        Assert.Equal(TestPhotos.Jpeg(1), await _host.Http.GetByteArrayAsync($"/media/{samples[0].Id}/image"));
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(_host.DataPath, "uploads")));
    }

    [Fact]
    public async Task The_same_upload_again_adds_nothing()
    {
        await UploadAsync(("cat.1.jpg", TestPhotos.Jpeg(1)), ("dog.1.jpg", TestPhotos.Jpeg(2)));

        var report = await UploadAsync(("cat.1.jpg", TestPhotos.Jpeg(1)), ("dog.1.jpg", TestPhotos.Jpeg(2)));

        Assert.Equal((2, 0, 2, 0), (report.Found, report.Imported, report.Duplicates, report.Skipped));
    }

    [Fact]
    public async Task One_zip_is_unpacked()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var content = archive.CreateEntry("cats/a.jpg").Open();
            content.Write(TestPhotos.Jpeg(1));
        }

        var report = await UploadAsync(("pets.zip", bytes.ToArray()));

        Assert.Equal((1, 1, "Upload of pets.zip"), (report.Found, report.Imported, report.Source));
        Assert.Equal("cat", await _host.DatabaseAsync(d => d.Samples.Select(s => s.LabelClass!.Name).SingleAsync()));
    }

    [Fact]
    public async Task A_name_that_leads_elsewhere_stays_in_the_upload()
    {
        var report = await UploadAsync(("../../../escaped-upload.jpg", TestPhotos.Jpeg(1)), ("a.jpg", TestPhotos.Jpeg(2)), ("a.jpg", TestPhotos.Jpeg(3)));

        Assert.Equal(3, report.Imported);
        Assert.Equal("escaped-upload.jpg", await _host.DatabaseAsync(d => d.Samples.Where(s => s.FileName.StartsWith("esc")).Select(s => s.Path).SingleAsync()));
        Assert.False(File.Exists(Path.Combine(_host.DataPath, "..", "escaped-upload.jpg")));
    }

    [Fact]
    public async Task An_upload_larger_than_the_servers_usual_limit_arrives()
    {
        var report = await UploadAsync(("large.bin", new byte[31_000_000]), ("cat.1.jpg", TestPhotos.Jpeg(1)));

        Assert.Equal((2, 1, 1), (report.Found, report.Imported, report.Skipped));
    }

    [Fact]
    public async Task An_upload_without_a_file_and_one_that_is_no_form_are_answered_with_400()
    {
        var empty = await _host.Http.PostAsync($"/api/datasets/{_dataset}/uploads", new MultipartFormDataContent { { new StringContent("x"), "note" } });
        var json = await _host.Http.PostAsJsonAsync($"/api/datasets/{_dataset}/uploads", new { });

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (empty.StatusCode, json.StatusCode));
        Assert.Equal("application/problem+json", json.Content.Headers.ContentType?.MediaType);
    }

    private async Task<ImportReport> UploadAsync(params (string Name, byte[] Bytes)[] files)
    {
        using var form = new MultipartFormDataContent();
        foreach (var (name, bytes) in files) form.Add(new ByteArrayContent(bytes), "files", name);
        var answer = await _host.Http.PostAsync($"/api/datasets/{_dataset}/uploads", form);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return await _host.EndOfImportAsync((await answer.Content.ReadFromJsonAsync<AcceptedImport>())!.Id);
    }
}
