using CatDog.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Tests.Features.Datasets.Importing;

public sealed class ImportCommandTests : IDisposable
{
    private readonly PhotoFolder _photos = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("catdog-test-").FullName;

    public void Dispose()
    {
        _photos.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Import_makes_the_data_set_prints_counts_and_names_what_it_skipped()
    {
        _photos.Photo("cats/a.jpg", 1).Photo("dogs/b.jpg", 2).Text("dogs/bad.jpg", "{}");

        var (code, output, error) = await CommandLine.RunAsync("import", _photos.Path, "--dataset", "pets", "--data", _folder);

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("found=3; imported=2; duplicates=0; skipped=1;", output, StringComparison.Ordinal);
        Assert.Contains("dogs/bad.jpg: ", output, StringComparison.Ordinal);
        await using var host = new CatDogHost(_folder);
        Assert.Equal(["cat", "dog"], await host.DatabaseAsync(d => d.Samples.OrderBy(s => s.Path).Select(s => s.LabelClass!.Name).ToListAsync()));
    }

    [Theory]
    [InlineData("/no/such/folder")]
    [InlineData("s3://bucket/photos")]
    public async Task A_source_that_cannot_be_used_is_one_line_and_leaves_no_data_set(string source)
    {
        var (code, output, error) = await CommandLine.RunAsync("import", source, "--dataset", "pets", "--data", _folder);

        Assert.NotEqual(0, code);
        Assert.Equal("", output);
        Assert.Single(error.Trim().Split('\n'));
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        await using var host = new CatDogHost(_folder);
        Assert.Equal(0, await host.DatabaseAsync(d => d.Datasets.CountAsync()));
    }

    [Fact]
    public async Task A_data_folder_that_a_server_holds_is_said_clearly()
    {
        _photos.Photo("cats/a.jpg", 1);
        await using var host = new CatDogHost(_folder);

        var (code, _, error) = await CommandLine.RunAsync("import", _photos.Path, "--dataset", "pets", "--data", _folder);

        Assert.NotEqual(0, code);
        Assert.Contains("in use by another CatDog", error, StringComparison.Ordinal);
        Assert.Contains("import from its page or over REST", error, StringComparison.Ordinal);
    }
}
