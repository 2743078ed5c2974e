using System.Globalization;
using System.Text.Json;

namespace CatDog.Training.Scripting;

/// <summary>
/// The folders and files that SageMaker gives a training container. Source: Amazon SageMaker developer guide, "How Amazon SageMaker Provides
/// Training Information" and "How Amazon SageMaker Processes Training Output".
/// </summary>
public sealed class SageMakerLayout(string root)
{
    public string Model => At("model");

    /// <summary>Kept by SageMaker when a spot instance is taken away, so the run lives here and a new container goes on with it.</summary>
    public RunFolder Run => new(At("checkpoints"));

    /// <summary>Its first 1,024 characters are shown as the reason of a failed job.</summary>
    public string Failure => At("output", "failure");

    /// <summary>The layout below <c>SAGEMAKER_BASE_DIR</c> or <c>/opt/ml</c>; null where there is none.</summary>
    public static SageMakerLayout? Find()
    {
        var root = Environment.GetEnvironmentVariable("SAGEMAKER_BASE_DIR") is { Length: > 0 } named ? named : "/opt/ml";
        return Directory.Exists(Path.Combine(root, "input")) ? new(root) : null;
    }

    /// <summary>Makes the plan from the channels <c>training</c> (or <c>train</c>), <c>validation</c> (or <c>val</c>) and, where there is one, <c>images</c>.</summary>
    /// <exception cref="TrainingException">A channel or a hyperparameter is missing or wrong.</exception>
    public ScriptPlan MakePlan()
    {
        var training = Channel("training", "train") ?? throw new TrainingException("There is no channel 'training' with a CSV of file names and labels.");
        List<(string, IReadOnlyList<ArticleRow>)> splits = [("train", Rows(training))];
        if (Channel("validation", "val") is { } validation) splits.Add(("val", Rows(validation)));
        return ScriptPlan.Make(Channel("images") ?? At("input", "data"), splits, Hyperparameters());
    }

    private static IReadOnlyList<ArticleRow> Rows(string channel) =>
        Directory.EnumerateFiles(channel, "*.csv", SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault() is { } csv
            ? ArticleCsv.Read(csv)
            // Without a CSV, a folder's name is the label of the photos in it.
            : [.. PhotoIndex.Of(channel).Paths.Select(path => new ArticleRow(path, Path.GetFileName(Path.GetDirectoryName(path))!.ToLowerInvariant()))];

    private Hyperparameters Hyperparameters()
    {
        var path = At("input", "config", "hyperparameters.json");
        Dictionary<string, string> given = [];
        try
        {
            if (File.Exists(path)) given = JsonSerializer.Deserialize<Dictionary<string, string>>(File.ReadAllText(path)) ?? [];
        }
        catch (JsonException e)
        {
            throw new TrainingException($"'{path}' cannot be read; every value must be a string: {e.Message}", e);
        }

        var values = given.ToDictionary(h => h.Key.Replace('_', '-').ToLowerInvariant(), h => h.Value);
        var preset = Presets.Find(values.GetValueOrDefault("preset"));
        var chosen = preset with
        {
            Backbone = values.GetValueOrDefault("backbone") ?? preset.Backbone,
            Weights = values.GetValueOrDefault("weights") ?? FirstWeights(),
            Tuning = Parse("tuning", text => Enum.Parse<Tuning>(text, ignoreCase: true), preset.Tuning),
            Epochs = Parse("epochs", ParseInteger, preset.Epochs),
            BatchSize = Parse("batch-size", ParseInteger, preset.BatchSize),
            LearningRate = Parse("learning-rate", ParseNumber, preset.LearningRate),
            Momentum = Parse("momentum", ParseNumber, preset.Momentum),
            WeightDecay = Parse("weight-decay", ParseNumber, preset.WeightDecay),
            LearningRateStep = Parse("lr-step", ParseInteger, preset.LearningRateStep),
            LearningRateGamma = Parse("lr-gamma", ParseNumber, preset.LearningRateGamma),
            Flip = Parse("flip", bool.Parse, preset.Flip),
            Seed = Parse("seed", ParseInteger, preset.Seed),
            Device = values.GetValueOrDefault("device") ?? preset.Device,
        };
        var problems = chosen.Validate().Select(p => p.Problem).ToList();
        return problems.Count == 0 ? chosen : throw new TrainingException(string.Join(" ", problems));

        T Parse<T>(string key, Func<string, T> parse, T otherwise)
        {
            if (!values.TryGetValue(key, out var text)) return otherwise;
            try
            {
                return parse(text);
            }
            catch (Exception e) when (e is FormatException or OverflowException or ArgumentException)
            {
                throw new TrainingException($"The hyperparameter '{key}' cannot be '{text}'.", e);
            }
        }
    }

    private string? FirstWeights() =>
        Channel("weights") is { } channel ? Directory.EnumerateFiles(channel, "*.safetensors").Order(StringComparer.Ordinal).FirstOrDefault() : null;

    private string? Channel(params string[] names) => names.Select(name => At("input", "data", name)).FirstOrDefault(Directory.Exists);

    private string At(params string[] parts) => Path.Combine([root, .. parts]);

    private static int ParseInteger(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static double ParseNumber(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
