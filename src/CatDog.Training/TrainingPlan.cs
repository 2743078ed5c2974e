using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace CatDog.Training;

/// <summary>Everything a run reads: written once as <c>plan.json</c> before the run starts, and never changed.</summary>
public sealed record TrainingPlan
{
    public const string FileName = "plan.json";

    public int SchemaVersion { get; init; } = 1;

    public required Hyperparameters Hyperparameters { get; init; }

    /// <summary>In the order that gives a class its number.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    public required IReadOnlyList<PlanRow> Rows { get; init; }

    /// <summary>Lower-case hex SHA-256 over the rows: the same rows in the same order give the same hash.</summary>
    public string RowsHash { get; init; } = "";

    /// <summary>Writes the plan into a run folder, with its hash, so that it is there whole or not at all.</summary>
    public void Save(string runFolder)
    {
        Directory.CreateDirectory(runFolder);
        var path = Path.Combine(runFolder, FileName);
        var temporary = path + ".tmp";
        using (var file = File.Create(temporary))
        {
            JsonSerializer.Serialize(file, this with { RowsHash = HashRows() }, TrainingJson.Indented);
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }

    /// <exception cref="TrainingException">There is no plan, it cannot be read, or its rows were changed.</exception>
    public static TrainingPlan Load(string runFolder)
    {
        var path = Path.Combine(runFolder, FileName);
        TrainingPlan plan;
        try
        {
            using var file = File.OpenRead(path);
            plan = JsonSerializer.Deserialize<TrainingPlan>(file, TrainingJson.Indented)
                ?? throw new TrainingException($"'{path}' holds no plan.");
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new TrainingException($"The plan '{path}' cannot be read: {e.Message}", e);
        }

        if (plan.RowsHash != plan.HashRows())
            throw new TrainingException($"The rows of '{path}' were changed after the run was planned. Start a new run.");
        return plan;
    }

    private string HashRows()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var row in Rows)
            hash.AppendData(Encoding.UTF8.GetBytes($"{row.Id}\0{row.Path}\0{row.Sha256}\0{row.Label}\0{row.Split}\n"));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}

/// <summary>One sample of a plan.</summary>
/// <param name="Id">The sample's id, or its line number where there is no database.</param>
/// <param name="Path">The absolute path of the image file.</param>
/// <param name="Sha256">Lower-case hex of the file's bytes; null where it was not computed.</param>
/// <param name="Label">A class name; null only in the test split.</param>
/// <param name="Split"><c>train</c>, <c>val</c> or <c>test</c>.</param>
public sealed record PlanRow(long Id, string Path, string? Sha256, string? Label, string Split);
