using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace CatDog.Web.E2E;

/// <summary>The real executable as a process of its own, which can be killed and started again on the same data folder.</summary>
internal sealed class CatDogServer(string dataFolder) : IAsyncDisposable
{
    private readonly StringBuilder _output = new();
    private Process? _process;

    public static string Executable { get; } =
        typeof(CatDogServer).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "CatDogExecutable").Value!;

    public static string RepositoryRoot { get; } = Path.GetFullPath(Path.Combine(SourceFolder(), "..", ".."));

    /// <summary>Stays the same over restarts, so that an open page finds the server again.</summary>
    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort()}");

    public async Task StartAsync(string verb)
    {
        var start = new ProcessStartInfo(Executable, [verb, "--data", dataFolder, "--urls", Address.ToString()])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Remember;
        _process.ErrorDataReceived += Remember;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        await WaitUntilReadyAsync();
    }

    /// <summary>SIGKILL: the server gets no chance to tidy up. Its children live on.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is null) return;
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task WaitUntilReadyAsync()
    {
        using var http = new HttpClient { BaseAddress = Address };
        var limit = Stopwatch.StartNew();
        while (limit.Elapsed < TimeSpan.FromSeconds(90))
        {
            if (_process!.HasExited) break;
            try
            {
                if ((await http.GetAsync("/health/ready")).IsSuccessStatusCode) return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(100);
        }

        lock (_output) throw new InvalidOperationException($"The server did not become ready:\n{_output}");
    }

    private void Remember(object sender, DataReceivedEventArgs line)
    {
        lock (_output) _output.AppendLine(line.Data);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static string SourceFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
