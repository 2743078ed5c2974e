using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace CatDog.Training;

/// <summary>What a completed run was made of and made with, so that it can be told apart and made again.</summary>
public sealed record Receipt
{
    public int SchemaVersion { get; init; } = 1;

    /// <summary>SHA-256 of <c>plan.json</c>.</summary>
    public required string Plan { get; init; }

    /// <summary>SHA-256 over the plan's rows.</summary>
    public required string Rows { get; init; }

    /// <summary>SHA-256 of the initial weights; null for random ones.</summary>
    public string? InitialWeights { get; init; }

    /// <summary>SHA-256 of <c>model/model.safetensors</c>.</summary>
    public required string Model { get; init; }

    public int Seed { get; init; }

    public required string Device { get; init; }

    public int Threads { get; init; }

    public int Epochs { get; init; }

    public int BestEpoch { get; init; }

    public double? BestValAccuracy { get; init; }

    /// <summary>Spent in epochs.</summary>
    public double Seconds { get; init; }

    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    internal static void Write(RunFolder folder, TrainingPlan plan, CheckpointState state, string device, int threads)
    {
        var receipt = new Receipt
        {
            Plan = state.PlanHash,
            Rows = plan.RowsHash,
            InitialWeights = plan.Hyperparameters.Weights is { } weights && File.Exists(weights) ? Hash(weights) : null,
            Model = Hash(ModelFolder.WeightsPath(folder.Model)),
            Seed = plan.Hyperparameters.Seed,
            Device = device,
            Threads = threads,
            Epochs = state.Epoch,
            BestEpoch = state.BestEpoch,
            BestValAccuracy = plan.Rows.Any(row => row.Split == "val") ? state.BestAccuracy : null,
            Seconds = state.Seconds,
            Versions = new Dictionary<string, string>
            {
                ["catDog"] = Version(typeof(Receipt).Assembly),
                ["torchSharp"] = Version(typeof(TorchSharp.torch).Assembly),
                ["libtorch"] = TorchSharp.torch.__version__,
                ["dotnet"] = RuntimeInformation.FrameworkDescription,
                ["system"] = RuntimeInformation.OSDescription,
            },
        };
        AtomicFile.Write(folder.Receipt, file => JsonSerializer.Serialize(file, receipt, TrainingJson.Indented));
    }

    internal static string Hash(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private static string Version(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? assembly.GetName().Version?.ToString() ?? "unknown";
}
