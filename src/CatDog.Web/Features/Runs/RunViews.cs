using System.Text.Json;
using CatDog.Data.Runs;
using CatDog.Training;

namespace CatDog.Web.Features.Runs;

/// <summary>A run in a list.</summary>
/// <param name="EpochsDone">Whole epochs so far.</param>
/// <param name="BestValAccuracy">0..1; null before the first validated epoch.</param>
public sealed record RunSummary(
    long Id, long DatasetId, string Dataset, RunStatus Status, string Backbone, string? Device, int Epochs, int EpochsDone,
    double? BestValAccuracy, string? Error, DateTime CreatedAt, DateTime? StartedAt, DateTime? EndedAt);

/// <summary>A run with its epochs, as programs see it.</summary>
public sealed record RunDetail(
    long Id, long DatasetId, string Dataset, string Status, string Backbone, string? Device, Hyperparameters Hyperparameters, string Folder,
    IReadOnlyList<RunEpoch> Epochs, RunEpoch? Best, string? Error, bool CancelRequested, DateTime CreatedAt, DateTime? StartedAt, DateTime? EndedAt)
{
    public static RunDetail Of(Run run)
    {
        var epochs = run.Epochs.OrderBy(e => e.Number).Select(RunEpoch.Of).ToList();
        return new(
            run.Id, run.DatasetId, run.Dataset!.Name, RunStatusName.From(run.Status), run.Backbone, run.Device,
            JsonSerializer.Deserialize<Hyperparameters>(run.Hyperparameters, TrainingJson.Line)!, run.Folder,
            epochs, epochs.FirstOrDefault(e => e.Epoch == run.BestEpoch), run.Error, run.CancelRequested, run.CreatedAt, run.StartedAt, run.EndedAt);
    }
}

/// <param name="Epoch">From 1.</param>
public sealed record RunEpoch(int Epoch, double TrainLoss, double TrainAccuracy, double? ValLoss, double? ValAccuracy, double LearningRate, double Seconds)
{
    public static RunEpoch Of(Epoch epoch) =>
        new(epoch.Number, epoch.TrainLoss, epoch.TrainAccuracy, epoch.ValLoss, epoch.ValAccuracy, epoch.LearningRate, epoch.Seconds);
}

/// <summary>How a run's status is written in JSON: <c>queued</c>, <c>running</c>, …</summary>
public static class RunStatusName
{
    public static string From(RunStatus status) => JsonNamingPolicy.CamelCase.ConvertName(status.ToString());
}
