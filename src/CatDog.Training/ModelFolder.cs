using System.Text.Json;
using CatDog.Training.Models;
using CatDog.Training.Weights;

namespace CatDog.Training;

/// <summary>What <c>model.json</c> says of the weights beside it.</summary>
public sealed record ModelDescription
{
    public int SchemaVersion { get; init; } = 1;

    /// <summary>A name from <see cref="Backbones"/>.</summary>
    public required string Backbone { get; init; }

    /// <summary>In the order of the network's scores.</summary>
    public required IReadOnlyList<string> ClassNames { get; init; }

    public required Preprocessing Preprocessing { get; init; }

    /// <summary>The epoch the weights are of.</summary>
    public int Epoch { get; init; }

    public double? ValAccuracy { get; init; }

    public string? RunId { get; init; }
}

/// <summary>A trained model on disk: <c>model.json</c> and <c>model.safetensors</c>.</summary>
public static class ModelFolder
{
    public static string DescriptionPath(string folder) => Path.Combine(folder, "model.json");

    public static string WeightsPath(string folder) => Path.Combine(folder, "model.safetensors");

    public static void Save(string folder, Backbone network, ModelDescription description)
    {
        Dictionary<string, string> metadata = new() { ["format"] = "pt", ["backbone"] = description.Backbone, ["classes"] = string.Join(',', description.ClassNames) };
        SafeTensorsFile.Write(WeightsPath(folder), StateDict.Of(network), metadata);
        AtomicFile.Write(DescriptionPath(folder), file => JsonSerializer.Serialize(file, description, TrainingJson.Indented));
    }

    /// <summary>The network, ready to predict.</summary>
    /// <exception cref="TrainingException">There is no model in the folder, or it cannot be read.</exception>
    public static (Backbone Network, ModelDescription Description) Load(string folder)
    {
        var description = ReadDescription(folder);
        var network = Backbone.Create(description.Backbone, description.ClassNames.Count);
        try
        {
            StateDict.LoadWhole(network, WeightsPath(folder));
        }
        catch
        {
            network.Dispose();
            throw;
        }

        network.eval();
        return (network, description);
    }

    /// <summary>What the folder holds, without loading the weights.</summary>
    /// <exception cref="TrainingException">There is no model in the folder, or its description cannot be read.</exception>
    public static ModelDescription ReadDescription(string folder)
    {
        var path = DescriptionPath(folder);
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize<ModelDescription>(file, TrainingJson.Indented) ?? throw new JsonException("It is empty.");
        }
        catch (Exception e) when (e is IOException or JsonException or UnauthorizedAccessException)
        {
            throw new TrainingException($"There is no model in '{folder}': {e.Message} Give the folder 'model' of a completed run.", e);
        }
    }
}
