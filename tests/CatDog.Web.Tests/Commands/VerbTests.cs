using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using CatDog.Web.Tests.Features.Datasets.Importing;

namespace CatDog.Web.Tests.Commands;

/// <summary>What is typed and what happens then.</summary>
public sealed class VerbTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("catdog-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("nonsense")]
    [InlineData("web nonsense")]
    [InlineData("demo --nonsense")]
    [InlineData("--url http://127.0.0.1:0")]
    [InlineData("--urls nowhere")]
    public async Task What_is_no_verb_or_option_starts_no_server(string typed)
    {
        var (code, output, error) = await CommandLine.RunAsync([("CATDOG_DATA", _folder)], typed.Split(' '));

        Assert.NotEqual(0, code);
        Assert.Equal("", output);
        Assert.Contains(typed.Split(' ').First(word => word is not ("web" or "demo" or "--urls")), error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.Empty(Directory.EnumerateFileSystemEntries(_folder));
    }

    [Fact]
    public async Task A_data_folder_that_cannot_be_made_is_one_line()
    {
        var (code, output, error) = await CommandLine.RunAsync("web", "--data", "/proc/nowhere", "--urls", "http://127.0.0.1:0");

        Assert.NotEqual(0, code);
        Assert.Equal("", output);
        Assert.Contains("/proc/nowhere", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_line()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();

        var (code, output, error) = await CommandLine.RunAsync("web", "--data", _folder, "--urls", $"http://{listener.LocalEndpoint}");

        Assert.NotEqual(0, code);
        Assert.Equal("", output);
        Assert.Contains($"{listener.LocalEndpoint}", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Settings_of_the_host_pass_through_and_SIGTERM_ends_the_server()
    {
        using var process = CommandLine.Start("--environment=Staging", "--data", _folder, "--urls", "http://127.0.0.1:0");
        try
        {
            Assert.Contains("CatDog is at http://127.0.0.1:", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? "", StringComparison.Ordinal);
            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task Help_of_a_verb_names_its_options()
    {
        var (code, output, error) = await CommandLine.RunAsync("train", "--help");

        Assert.Equal((0, ""), (code, error));
        Assert.All((string[])["--images", "--train", "--val", "--out", "--backbone", "--resume"], option => Assert.Contains(option, output, StringComparison.Ordinal));
    }
}
