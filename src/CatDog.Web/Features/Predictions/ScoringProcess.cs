using System.Diagnostics;
using System.Globalization;
using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Predictions;

/// <summary>The child process that predicts many photos.</summary>
internal static class ScoringProcess
{
    private const int KeptErrorLines = 5;

    /// <param name="progress">Gets the number of photos done.</param>
    /// <exception cref="UserException">The child ended without success; the message is its own reason, where it gave one.</exception>
    public static async Task RunAsync(string model, string rows, string results, Action<int> progress, CancellationToken cancellation)
    {
        using var process = Process.Start(ChildProcess.Describe("score", "--model", model, "--rows", rows, "--out", results))!;
        try
        {
            var errors = ReadErrorsAsync(process.StandardError, cancellation);
            while (await process.StandardOutput.ReadLineAsync(cancellation) is { } line)
                if (int.TryParse(line.AsSpan(0, Math.Max(0, line.IndexOf('/', StringComparison.Ordinal))), CultureInfo.InvariantCulture, out var done)) progress(done);
            await process.WaitForExitAsync(cancellation);
            if (process.ExitCode != 0) throw new UserException(Reason(await errors, process.ExitCode));
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static string Reason(string said, int exitCode) => said.Length > 0
        ? said
        : string.Create(CultureInfo.InvariantCulture, $"The process that predicts ended with code {exitCode} and gave no reason. Too little memory is the usual one. Try again.");

    /// <summary>The last lines; those of Torch about the processor say nothing to a person.</summary>
    private static async Task<string> ReadErrorsAsync(StreamReader reader, CancellationToken cancellation)
    {
        var lines = new Queue<string>();
        while (await reader.ReadLineAsync(cancellation) is { } line)
        {
            if (string.IsNullOrWhiteSpace(line) || line.Contains("NNPACK", StringComparison.Ordinal)) continue;
            lines.Enqueue(line.Trim());
            if (lines.Count > KeptErrorLines) lines.Dequeue();
        }

        return string.Join(" ", lines);
    }
}
