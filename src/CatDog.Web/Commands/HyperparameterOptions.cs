using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using CatDog.Training;

namespace CatDog.Web.Commands;

/// <summary>The options of <c>train</c> that say how it learns.</summary>
internal sealed class HyperparameterOptions
{
    private readonly Option<string?> _preset = new("--preset") { Description = "article: as the article trains (vgg16, all defaults spelled out); article-literal: with its schedule per batch too." };
    private readonly Option<string?> _backbone = new("--backbone") { Description = $"{string.Join(", ", Training.Models.Backbones.Names)}." };
    private readonly Option<string?> _weights = new("--weights") { Description = "A safetensors file with the backbone's initial weights." };
    private readonly Option<Tuning?> _tuning = new("--tuning") { Description = "full: every parameter; head: only the last layer." };
    private readonly Option<int?> _epochs = new("--epochs");
    private readonly Option<int?> _batchSize = new("--batch-size");
    private readonly Option<double?> _learningRate = Number("--learning-rate");
    private readonly Option<double?> _momentum = Number("--momentum");
    private readonly Option<double?> _weightDecay = Number("--weight-decay");
    private readonly Option<int?> _step = new("--lr-step") { Description = "Epochs after which the learning rate is multiplied by --lr-gamma." };
    private readonly Option<double?> _gamma = Number("--lr-gamma");
    private readonly Option<bool> _perBatch = new("--schedule-per-batch") { Description = "Step the learning rate after every batch instead of every epoch." };
    private readonly Option<bool> _noFlip = new("--no-flip") { Description = "Do not mirror training photos." };
    private readonly Option<int?> _seed = new("--seed");
    private readonly Option<string?> _device = new("--device") { Description = "auto, cpu or cuda." };

    public IEnumerable<Option> All =>
        [_preset, _backbone, _weights, _tuning, _epochs, _batchSize, _learningRate, _momentum, _weightDecay, _step, _gamma, _perBatch, _noFlip, _seed, _device];

    /// <exception cref="TrainingException">A value is not allowed.</exception>
    public Hyperparameters Read(ParseResult result)
    {
        var preset = Presets.Find(result.GetValue(_preset));
        var chosen = preset with
        {
            Backbone = result.GetValue(_backbone) ?? preset.Backbone,
            Weights = result.GetValue(_weights) is { } weights ? Path.GetFullPath(weights) : null,
            Tuning = result.GetValue(_tuning) ?? preset.Tuning,
            Epochs = result.GetValue(_epochs) ?? preset.Epochs,
            BatchSize = result.GetValue(_batchSize) ?? preset.BatchSize,
            LearningRate = result.GetValue(_learningRate) ?? preset.LearningRate,
            Momentum = result.GetValue(_momentum) ?? preset.Momentum,
            WeightDecay = result.GetValue(_weightDecay) ?? preset.WeightDecay,
            LearningRateStep = result.GetValue(_step) ?? preset.LearningRateStep,
            LearningRateGamma = result.GetValue(_gamma) ?? preset.LearningRateGamma,
            SchedulePerBatch = result.GetValue(_perBatch) || preset.SchedulePerBatch,
            Flip = !result.GetValue(_noFlip) && preset.Flip,
            Seed = result.GetValue(_seed) ?? preset.Seed,
            Device = result.GetValue(_device) ?? preset.Device,
        };
        var problems = chosen.Validate().Select(p => p.Problem).ToList();
        return problems.Count == 0 ? chosen : throw new TrainingException(string.Join(" ", problems));
    }

    /// <summary>Left to itself the parser reads numbers as the machine's language writes them: 0.025 is 25 in German.</summary>
    private static Option<double?> Number(string name) => new(name) { CustomParser = ReadNumber };

    private static double? ReadNumber(ArgumentResult result)
    {
        if (double.TryParse(result.Tokens[0].Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return number;
        result.AddError($"'{result.Tokens[0].Value}' is not a number. Write it with a point, such as 0.001.");
        return null;
    }
}
