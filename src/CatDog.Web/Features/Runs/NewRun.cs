using CatDog.Training;
using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Runs;

/// <summary>The body of <c>POST /api/datasets/{id}/runs</c>: what is left out comes from the preset, or is <c>train</c>'s default.</summary>
/// <param name="Preset"><c>article</c>, <c>article-literal</c>; null for none.</param>
public sealed record NewRun(
    string? Preset = null, string? Backbone = null, string? Weights = null, Tuning? Tuning = null, int? Epochs = null, int? BatchSize = null,
    double? LearningRate = null, double? Momentum = null, double? WeightDecay = null, int? LearningRateStep = null, double? LearningRateGamma = null,
    bool? SchedulePerBatch = null, bool? Flip = null, int? Seed = null, string? Device = null)
{
    /// <exception cref="UserException">400: there is no such preset.</exception>
    internal Hyperparameters ToHyperparameters()
    {
        var preset = Preset is null
            ? new Hyperparameters()
            : RunPresets.All.FirstOrDefault(p => p.Name == Preset)?.Hyperparameters
                ?? throw new UserException($"'{Preset}' is not a preset. Use one of {string.Join(", ", RunPresets.All.Select(p => p.Name))}.", field: "preset");
        return new()
        {
            Backbone = Backbone ?? preset.Backbone,
            Weights = string.IsNullOrWhiteSpace(Weights) ? preset.Weights : Weights,
            Tuning = Tuning ?? preset.Tuning,
            Epochs = Epochs ?? preset.Epochs,
            BatchSize = BatchSize ?? preset.BatchSize,
            LearningRate = LearningRate ?? preset.LearningRate,
            Momentum = Momentum ?? preset.Momentum,
            WeightDecay = WeightDecay ?? preset.WeightDecay,
            LearningRateStep = LearningRateStep ?? preset.LearningRateStep,
            LearningRateGamma = LearningRateGamma ?? preset.LearningRateGamma,
            SchedulePerBatch = SchedulePerBatch ?? preset.SchedulePerBatch,
            Flip = Flip ?? preset.Flip,
            Seed = Seed ?? preset.Seed,
            Device = Device ?? preset.Device,
        };
    }
}
