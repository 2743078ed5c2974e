using System.Text.Json;
using CatDog.Data;
using CatDog.Data.Runs;
using CatDog.Training;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Predictions;

/// <summary>One prediction pass from its row in the queue to its predictions in the database.</summary>
internal sealed class PredictionRun(
    IDbContextFactory<AppDbContext> databases, PredictionWriter writer, PredictionFeed feed, SampleLocations locations, TimeProvider clock, ILogger<PredictionRun> logger)
{
    private const int NamedUnreadable = 3;

    /// <summary>Does not throw, but where the server stops: the pass is then still running, and begins anew with the next server.</summary>
    public async Task RunAsync(long passId, CancellationToken stopping)
    {
        var outcome = PredictionPassStatus.Completed;
        string? error;
        try
        {
            error = await PredictAsync(passId, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            (outcome, error) = (PredictionPassStatus.Failed, e.Message);
            if (e is not (UserException or TrainingException)) logger.LogError(e, "Prediction pass {Pass} failed.", passId);
        }

        await EndAsync(passId, outcome, error);
        feed.Remove(passId);
    }

    /// <returns>What is to be said of photos that were left out; null where none was.</returns>
    private async Task<string?> PredictAsync(long passId, CancellationToken stopping)
    {
        var (run, photos) = await BeginAsync(passId, stopping);
        var folder = Path.Combine(run.Folder, "scoring");
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        Directory.CreateDirectory(folder);
        try
        {
            var model = new RunFolder(run.Folder).Model;
            var classNames = ModelFolder.ReadDescription(model).ClassNames;
            var rows = Path.Combine(folder, "rows.json");
            var results = Path.Combine(folder, "results.jsonl");
            await using (var file = File.Create(rows))
                await JsonSerializer.SerializeAsync(file, photos.Select(p => new { p.Id, Path = locations.Resolve(p.Location) }), TrainingJson.Line, stopping);
            await ScoringProcess.RunAsync(model, rows, results, done => feed.Publish(passId, done), stopping);
            var unreadable = await writer.WriteAsync(run, classNames, photos.ToDictionary(p => p.Id, p => p.Split), ScoreLine.ReadAll(results), stopping);
            return Remark(unreadable, photos);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private async Task<(Run Run, List<PhotoToScore> Photos)> BeginAsync(long passId, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var pass = await database.PredictionPasses.SingleAsync(p => p.Id == passId, cancellation);
        var run = await database.Runs.AsNoTracking().SingleAsync(r => r.Id == pass.RunId, cancellation);
        var photos = await database.Samples.Where(s => s.DatasetId == run.DatasetId && (pass.Split == null || s.Split == pass.Split))
            .OrderBy(s => s.Id).Select(s => new PhotoToScore(s.Id, s.FileName, s.Location, s.Split)).ToListAsync(cancellation);
        (pass.Status, pass.Total, pass.Done) = (PredictionPassStatus.Running, photos.Count, 0);
        await database.SaveChangesAsync(cancellation);
        return (run, photos);
    }

    private async Task EndAsync(long passId, PredictionPassStatus outcome, string? error)
    {
        await using var database = await databases.CreateDbContextAsync();
        var done = feed.Done(passId) ?? 0;
        await database.PredictionPasses.Where(p => p.Id == passId).ExecuteUpdateAsync(u => u
            .SetProperty(p => p.Status, outcome)
            .SetProperty(p => p.Done, p => outcome == PredictionPassStatus.Completed ? p.Total : done)
            .SetProperty(p => p.Error, error)
            .SetProperty(p => p.EndedAt, clock.GetUtcNow().UtcDateTime));
    }

    private static string? Remark(IReadOnlyList<ScoreLine> unreadable, IReadOnlyList<PhotoToScore> photos)
    {
        if (unreadable.Count == 0) return null;
        var names = photos.ToDictionary(p => p.Id, p => p.FileName);
        var some = string.Join("; ", unreadable.Take(NamedUnreadable).Select(u => $"{names[u.Id]}: {u.Error}"));
        var more = unreadable.Count > NamedUnreadable ? $"; and {unreadable.Count - NamedUnreadable} more" : "";
        return $"{(unreadable.Count == 1 ? "1 photo" : $"{unreadable.Count} photos")} could not be read and got no prediction: {some}{more}";
    }

    private sealed record PhotoToScore(long Id, string FileName, string Location, Data.Datasets.Split? Split);
}
