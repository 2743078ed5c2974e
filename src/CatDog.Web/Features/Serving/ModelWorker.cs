using System.Diagnostics;
using System.Text.Json;
using CatDog.Training;
using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Serving;

/// <summary>A child process that holds one model loaded, and answers one photo at a time.</summary>
internal sealed class ModelWorker : IDisposable
{
    private readonly Process _process;
    private readonly Task<string> _errors;

    private ModelWorker(Process process)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
    }

    /// <summary>In the order of an answer's probabilities.</summary>
    public IReadOnlyList<string> ClassNames { get; private set; } = [];

    /// <exception cref="UserException">The child could not load the model; the message is its own reason.</exception>
    public static async Task<ModelWorker> StartAsync(string modelFolder, CancellationToken cancellation)
    {
        var worker = new ModelWorker(Process.Start(ChildProcess.Describe("worker", "--model", modelFolder))!);
        try
        {
            worker.ClassNames = (await worker.ReadAsync<Readiness>(cancellation)).ClassNames;
            return worker;
        }
        catch
        {
            worker.Dispose();
            throw;
        }
    }

    /// <exception cref="UserException">400: the file is no usable picture; 503: the child died.</exception>
    public async Task<double[]> PredictAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new Question(path), TrainingJson.Line).AsMemory(), cancellation);
            await _process.StandardInput.FlushAsync(cancellation);
        }
        catch (IOException e)
        {
            throw new ModelWorkerDiedException("The process that holds the model ended.", e);
        }

        var answer = await ReadAsync<Answer>(cancellation);
        return answer.Probabilities ?? throw new UserException(answer.Error ?? "The photo cannot be read.");
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private async Task<T> ReadAsync<T>(CancellationToken cancellation)
    {
        var line = await _process.StandardOutput.ReadLineAsync(cancellation);
        if (line is null)
        {
            var said = (await _errors).Split('\n').LastOrDefault(l => !string.IsNullOrWhiteSpace(l) && !l.Contains("NNPACK", StringComparison.Ordinal));
            throw new ModelWorkerDiedException(said?.Trim() ?? "The process that holds the model ended without a reason.");
        }

        return JsonSerializer.Deserialize<T>(line, TrainingJson.Line) ?? throw new ModelWorkerDiedException("The process that holds the model answered nothing.");
    }

    private sealed record Question(string Path);

    private sealed record Answer(double[]? Probabilities, string? Error);

    private sealed record Readiness(IReadOnlyList<string> ClassNames);
}

/// <summary>The child is no longer there; another one may do better.</summary>
internal sealed class ModelWorkerDiedException(string message, Exception? inner = null) : Exception(message, inner);
