using System.IO.Compression;
using System.Text;
using CatDog.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Tests.Features.Datasets.Importing;

public sealed class ZipImportTests : IAsyncLifetime
{
    private readonly PhotoFolder _folder = new();
    private readonly CatDogHost _host = new();
    private long _dataset;

    public async ValueTask InitializeAsync() => _dataset = await _host.CreateDatasetAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_zips_photos_are_copied_with_their_labels_and_outlive_it()
    {
        var zip = Zip("pets.zip", ("cats/a.jpg", TestPhotos.Jpeg(1)), ("dogs/b.jpg", TestPhotos.Jpeg(2)), ("dogs/copy.jpg", TestPhotos.Jpeg(1)));

        var report = await _host.ImportAsync(_dataset, zip);
        File.Delete(zip);

        Assert.Equal(("completed", 3, 2, 1, 0), (report.Status, report.Found, report.Imported, report.Duplicates, report.Skipped));
        var samples = await _host.DatabaseAsync(d => d.Samples.Include(s => s.LabelClass).OrderBy(s => s.Path).ToListAsync());
        Assert.Equal(["cats/a.jpg=cat", "dogs/b.jpg=dog"], samples.Select(s => $"{s.Path}={s.LabelClass?.Name}"));
        Assert.Equal(TestPhotos.Jpeg(1), await _host.Http.GetByteArrayAsync($"/media/{samples[0].Id}/image"));
    }

    [Fact]
    public async Task A_second_import_of_the_same_zip_adds_nothing()
    {
        var zip = Zip("pets.zip", ("cats/a.jpg", TestPhotos.Jpeg(1)), ("dogs/b.jpg", TestPhotos.Jpeg(2)));
        await _host.ImportAsync(_dataset, zip);

        var report = await _host.ImportAsync(_dataset, zip);

        Assert.Equal((2, 0, 2, 0), (report.Found, report.Imported, report.Duplicates, report.Skipped));
    }

    [Fact]
    public async Task A_csv_in_the_zip_labels_its_photos()
    {
        var zip = Zip("pets.zip", ("pets/1.jpg", TestPhotos.Jpeg(1)), ("pets/b/2.jpg", TestPhotos.Jpeg(2)), ("pets/train.csv", Encoding.UTF8.GetBytes("file,label\n1.jpg,dog\nb/2.jpg,cat\n")));

        var report = await _host.ImportAsync(_dataset, zip);

        Assert.Equal((2, 2, 0), (report.Found, report.Imported, report.Problems.Count));
        Assert.Equal(["dog", "cat"], await _host.DatabaseAsync(d => d.Samples.OrderBy(s => s.Path).Select(s => s.LabelClass!.Name).ToListAsync()));
    }

    [Fact]
    public async Task A_path_that_leads_out_of_the_zip_writes_nothing_and_is_reported()
    {
        var zip = Zip("evil.zip", ("../../escaped.jpg", TestPhotos.Jpeg(1)), ("/etc/escaped.jpg", TestPhotos.Jpeg(2)), (@"..\escaped.jpg", TestPhotos.Jpeg(3)), ("cats/fine.jpg", TestPhotos.Jpeg(4)));

        var report = await _host.ImportAsync(_dataset, zip);

        Assert.Equal((4, 1, 3), (report.Found, report.Imported, report.Skipped));
        Assert.All(report.Problems, p => Assert.Contains("out of the zip", p.Reason, StringComparison.Ordinal));
        Assert.Empty(Directory.EnumerateFiles(Path.GetTempPath(), "escaped.jpg"));
        Assert.Empty(Directory.EnumerateFiles(_host.DataPath, "escaped.jpg", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Junk_and_zips_inside_are_reported_and_the_rest_goes_on()
    {
        var inner = File.ReadAllBytes(Zip("inner.zip", ("cats/x.jpg", TestPhotos.Jpeg(9))));
        var zip = Zip("outer.zip", ("a.jpg", TestPhotos.Jpeg(1)), ("inner.zip", inner), ("__MACOSX/._a.jpg", [1, 2]), ("__MACOSX/._b.jpg", [1, 2]), ("empty.jpg", []));

        var report = await _host.ImportAsync(_dataset, zip);

        Assert.Equal((4, 1, 3), (report.Found, report.Imported, report.Skipped));
        Assert.Equal(["__MACOSX/", "empty.jpg", "inner.zip"], report.Problems.Select(p => p.Path));
        Assert.Contains("archive", report.Problems[2].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_without_a_declared_encoding_are_read_as_what_they_are()
    {
        var zip = _folder.At("names.zip");
        await using (var archive = new ZipArchive(File.Create(zip), ZipArchiveMode.Create, false, new RawNames()))
        {
            await WriteAsync(archive, "cats/m\u0081ller.jpg", TestPhotos.Jpeg(1));
            await WriteAsync(archive, "dogs/caf\u00c3\u00a9.jpg", TestPhotos.Jpeg(2));
        }

        await _host.ImportAsync(_dataset, zip);

        Assert.Equal(["cats/müller.jpg", "dogs/café.jpg"], await _host.DatabaseAsync(d => d.Samples.OrderBy(s => s.Path).Select(s => s.Path).ToListAsync()));
    }

    [Fact]
    public async Task A_zip_bomb_is_refused_before_it_is_unpacked()
    {
        var zeros = new byte[50 << 20];
        var zip = Zip("bomb.zip", [.. Enumerable.Range(0, 6).Select(i => ($"{i}.jpg", zeros))]);

        var report = await _host.ImportAsync(_dataset, zip);

        Assert.Equal("failed", report.Status);
        Assert.Contains("bomb", report.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_damaged_zip_fails_the_import_with_a_reason()
    {
        var zip = Zip("cut.zip", ("cats/a.jpg", TestPhotos.Jpeg(1)), ("cats/b.jpg", TestPhotos.Jpeg(2)));
        File.WriteAllBytes(zip, File.ReadAllBytes(zip)[..^60]);

        var report = await _host.ImportAsync(_dataset, zip);

        Assert.Equal("failed", report.Status);
        Assert.Contains("cut.zip", report.Error, StringComparison.Ordinal);
    }

    private string Zip(string name, params (string Name, byte[] Bytes)[] members)
    {
        using var archive = new ZipArchive(File.Create(_folder.At(name)), ZipArchiveMode.Create);
        foreach (var (memberName, bytes) in members)
        {
            using var content = archive.CreateEntry(memberName).Open();
            content.Write(bytes);
        }

        return _folder.At(name);
    }

    private static async Task WriteAsync(ZipArchive archive, string name, byte[] bytes)
    {
        await using var content = await archive.CreateEntry(name).OpenAsync();
        await content.WriteAsync(bytes);
    }

    /// <summary>Writes each character as one byte, as old programs did.</summary>
    private sealed class RawNames : Encoding
    {
        public override int GetByteCount(char[] chars, int index, int count) => count;

        public override int GetBytes(char[] chars, int charIndex, int charCount, byte[] bytes, int byteIndex) => Latin1.GetBytes(chars, charIndex, charCount, bytes, byteIndex);

        public override int GetCharCount(byte[] bytes, int index, int count) => count;

        public override int GetChars(byte[] bytes, int byteIndex, int byteCount, char[] chars, int charIndex) => Latin1.GetChars(bytes, byteIndex, byteCount, chars, charIndex);

        public override int GetMaxByteCount(int charCount) => charCount;

        public override int GetMaxCharCount(int byteCount) => byteCount;
    }
}
