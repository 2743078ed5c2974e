using System.Diagnostics;
using CatDog.Data.Datasets;
using CatDog.Web.Tests.Hosting;

namespace CatDog.Web.Tests.Features.Datasets.Exports;

/// <summary>The real executable, beside a server that holds the same data folder.</summary>
public sealed class ExportCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("catdog-test-").FullName;

    [Fact]
    public async Task The_article_format_fills_a_folder_while_the_server_runs()
    {
        await using var host = new CatDogHost();
        await ExportSet.AddAsync(host, "Photos", ("a.jpg", "cat", Split.Train), ("b.jpg", "dog", Split.Test));

        var (code, output, _) = await RunAsync(host.DataPath, "Photos", "article", At("new/article"));

        Assert.Equal(0, code);
        Assert.Contains("Photos", output);
        Assert.Equal("file_name,label\r\na.jpg,cat\r\n", File.ReadAllText(At("new/article/training_meta.csv")));
        Assert.Equal("file_name,label\r\n", File.ReadAllText(At("new/article/val_meta.csv")));
        Assert.Equal("file_name,label\r\nb.jpg,\r\n", File.ReadAllText(At("new/article/test_meta.csv")));
    }

    [Fact]
    public async Task A_path_that_ends_in_zip_becomes_a_zip_and_other_formats_a_file()
    {
        await using var host = new CatDogHost();
        await ExportSet.AddAsync(host, "Photos", ("a.jpg", "cat", Split.Train));

        Assert.Equal(0, (await RunAsync(host.DataPath, "Photos", "article", At("all.zip"))).Code);
        Assert.Equal(0, (await RunAsync(host.DataPath, "Photos", "lst", At("all.lst"))).Code);

        using var zip = System.IO.Compression.ZipFile.OpenRead(At("all.zip"));
        Assert.Equal(3, zip.Entries.Count);
        Assert.Equal("1\t0\ta.jpg\n", File.ReadAllText(At("all.lst")));
    }

    [Theory]
    [InlineData("Other", "csv", "There are: Photos")]
    [InlineData("Photos", "xml", "article, csv, kaggle, lst or manifest")]
    public async Task A_mistake_is_one_line_on_stderr_and_a_code(string dataset, string format, string reason)
    {
        await using var host = new CatDogHost();
        await ExportSet.AddAsync(host, "Photos", ("a.jpg", "cat", Split.Train));

        var (code, _, error) = await RunAsync(host.DataPath, dataset, format, At("out"));

        Assert.NotEqual(0, code);
        Assert.Contains(reason, error);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.False(Path.Exists(At("out")));
    }

    [Fact]
    public async Task A_folder_without_data_is_not_turned_into_one()
    {
        var (code, _, error) = await RunAsync(At("empty"), "Photos", "csv", At("out.csv"));

        Assert.NotEqual(0, code);
        Assert.Contains("no data folder", error);
        Assert.False(Path.Exists(At("empty")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<(int Code, string Output, string Error)> RunAsync(string data, string dataset, string format, string output)
    {
        var start = new ProcessStartInfo(
            Environment.GetEnvironmentVariable("CATDOG_EXECUTABLE")!, ["export", "--data", data, "--dataset", dataset, "--format", format, "--out", output])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (text, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return (process.ExitCode, await text, await error);
    }

    private string At(string name) => Path.Combine(_folder, name);
}
