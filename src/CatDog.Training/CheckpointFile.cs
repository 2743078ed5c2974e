using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CatDog.Training.Weights;
using TorchSharp;

namespace CatDog.Training;

/// <summary>Where a run was when a checkpoint was saved.</summary>
/// <param name="PlanHash">Of the plan the run follows.</param>
/// <param name="Epoch">The last whole epoch.</param>
/// <param name="BestEpoch">The best so far.</param>
/// <param name="BestAccuracy">Its validation accuracy.</param>
/// <param name="BestLoss">Its validation loss.</param>
/// <param name="Seconds">Spent in epochs so far.</param>
internal sealed record CheckpointState(string PlanHash, int Epoch, int BestEpoch, double BestAccuracy, double BestLoss, double Seconds)
{
    public static CheckpointState Start(string planHash) => new(planHash, 0, 0, -1, double.MaxValue, 0);
}

/// <summary>
/// A run's whole state at the end of an epoch: weights, velocities, progress. Random numbers need no place in it: every epoch seeds them anew
/// from the run's seed and its number. The file is safetensors, sealed with a SHA-256 over itself.
/// </summary>
internal static class CheckpointFile
{
    private const string WeightPrefix = "weights.", VelocityPrefix = "velocities.", SealKey = "sha256", StateKey = "state";
    private static readonly string NoSeal = new('0', 64);

    /// <param name="optimizer">Null for a checkpoint that is only read for its weights.</param>
    public static void Save(string path, torch.nn.Module network, MomentumSgd? optimizer, CheckpointState state)
    {
        List<(string, torch.Tensor)> tensors =
        [
            .. StateDict.Of(network).Select(t => (WeightPrefix + t.Name, t.Tensor)),
            .. optimizer?.State.Select(v => (VelocityPrefix + v.Name, v.Velocity)) ?? [],
        ];
        var metadata = new Dictionary<string, string> { [StateKey] = JsonSerializer.Serialize(state, TrainingJson.Line), [SealKey] = NoSeal };
        AtomicFile.Write(path, file =>
        {
            SafeTensorsFile.Write(file, tensors, metadata);
            var (seal, position) = Seal(file);
            file.Position = position;
            file.Write(Encoding.ASCII.GetBytes(seal));
        });
    }

    /// <summary>Puts weights, and velocities where there is an optimizer, back. To be called outside any dispose scope.</summary>
    /// <exception cref="TrainingException">The file is damaged.</exception>
    public static CheckpointState Load(string path, torch.nn.Module network, MomentumSgd? optimizer)
    {
        Verify(path);
        using var file = SafeTensorsFile.Open(path);
        foreach (var (name, tensor) in StateDict.Of(network)) file.CopyTo(WeightPrefix + name, tensor);
        if (optimizer is not null)
        {
            foreach (var name in file.Names.Where(name => name.StartsWith(VelocityPrefix, StringComparison.Ordinal)))
                optimizer.Restore(name[VelocityPrefix.Length..], file.Read(name));
        }

        return JsonSerializer.Deserialize<CheckpointState>(file.Metadata[StateKey], TrainingJson.Line)!;
    }

    private static void Verify(string path)
    {
        using var opened = SafeTensorsFile.Open(path);
        using var file = File.OpenRead(path);
        if (!opened.Metadata.TryGetValue(SealKey, out var seal) || seal != Seal(file).Seal)
            throw new TrainingException($"The checkpoint '{path}' is damaged (its SHA-256 does not fit). Start a new run, or put the file back from a backup.");
    }

    /// <summary>The SHA-256 of the file with zeros where the seal is, and where that is.</summary>
    private static (string Seal, long Position) Seal(Stream file)
    {
        file.Position = 0;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var key = Encoding.ASCII.GetBytes($"\"{SealKey}\":\"");
        var found = buffer.AsSpan(0, length).IndexOf(key);
        if (found < 0 || found + key.Length + 64 > length) return ("", -1);
        var position = found + key.Length;
        Encoding.ASCII.GetBytes(NoSeal, buffer.AsSpan(position));
        for (; length > 0; length = file.Read(buffer)) hash.AppendData(buffer, 0, length);
        return (Convert.ToHexStringLower(hash.GetHashAndReset()), position);
    }
}
