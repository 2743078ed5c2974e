using CatDog.Data;
using CatDog.Data.Datasets;
using CatDog.Data.Runs;
using CatDog.Training;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Predictions;

/// <summary>Asks for predictions, and tells how far they are.</summary>
internal sealed class PredictionService(IDbContextFactory<AppDbContext> databases, PredictionQueue queue, PredictionFeed feed, TimeProvider clock)
{
    /// <param name="split">Null for every photo of the data set.</param>
    /// <returns>The pass's id; that of a pass for the same which waits or runs already, where there is one.</returns>
    /// <exception cref="UserException">404: there is no such run; 409: it has no model yet; 400: the split has no photo.</exception>
    public async Task<long> RequestAsync(long runId, Split? split, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var run = await FindRunAsync(database, runId, cancellation);
        RequireModel(run);
        var total = await database.Samples.CountAsync(s => s.DatasetId == run.DatasetId && (split == null || s.Split == split), cancellation);
        if (total == 0) throw Empty(split);
        var waiting = await database.PredictionPasses
            .Where(p => p.RunId == runId && p.Split == split && (p.Status == PredictionPassStatus.Queued || p.Status == PredictionPassStatus.Running))
            .FirstOrDefaultAsync(cancellation);
        if (waiting is not null) return waiting.Id;

        var pass = new PredictionPass { RunId = runId, Split = split, Total = total, CreatedAt = clock.GetUtcNow().UtcDateTime };
        database.Add(pass);
        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        queue.Wake();
        return pass.Id;
    }

    /// <exception cref="UserException">404: there is no such pass.</exception>
    public async Task<PassReport> GetPassAsync(long passId, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var pass = await database.PredictionPasses.AsNoTracking().SingleOrDefaultAsync(p => p.Id == passId, cancellation)
            ?? throw UserException.NotFound($"There is no prediction pass {passId}.");
        return PassReport.From(pass, feed.Done(pass.Id));
    }

    /// <summary>A run's newest pass; null before the first.</summary>
    public async Task<PassReport?> LatestPassAsync(long runId, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var pass = await database.PredictionPasses.AsNoTracking().Where(p => p.RunId == runId)
            .OrderByDescending(p => p.Status == PredictionPassStatus.Running).ThenByDescending(p => p.Id).FirstOrDefaultAsync(cancellation);
        return pass is null ? null : PassReport.From(pass, feed.Done(pass.Id));
    }

    /// <exception cref="UserException">404: there is no such run.</exception>
    public async Task<ReviewedRun> GetRunAsync(long runId, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var run = await FindRunAsync(database, runId, cancellation);
        var classes = await database.LabelClasses.Where(c => c.DatasetId == run.DatasetId).OrderBy(c => c.Index).Select(c => c.Name).ToListAsync(cancellation);
        return new(run.Id, run.DatasetId, run.Dataset!.Name, run.Dataset.IsDrawn, classes, run.Backbone, run.Status, HasModel(run));
    }

    /// <summary>Where a run's model is.</summary>
    /// <exception cref="UserException">404: there is no such run; 409: it has no model yet.</exception>
    public async Task<string> ModelFolderAsync(long runId, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var run = await FindRunAsync(database, runId, cancellation);
        RequireModel(run);
        return new RunFolder(run.Folder).Model;
    }

    private static async Task<Run> FindRunAsync(AppDbContext database, long runId, CancellationToken cancellation) =>
        await database.Runs.AsNoTracking().Include(r => r.Dataset).SingleOrDefaultAsync(r => r.Id == runId, cancellation)
        ?? throw UserException.NotFound($"There is no run {runId}. GET /api/runs lists those there are.");

    private static bool HasModel(Run run) => File.Exists(ModelFolder.DescriptionPath(new RunFolder(run.Folder).Model));

    private static void RequireModel(Run run)
    {
        if (HasModel(run)) return;
        throw new UserException(
            run.Status switch
            {
                RunStatus.Queued or RunStatus.Running => $"Run {run.Id} has no model yet. Wait until it has finished.",
                RunStatus.Interrupted => $"Run {run.Id} was interrupted before it had a model. Resume it first.",
                RunStatus.Completed => $"The model of run {run.Id} is gone from '{new RunFolder(run.Folder).Model}'. Put it back, or start a new run.",
                _ => $"Run {run.Id} ended without a model. Start a new run.",
            },
            status: StatusCodes.Status409Conflict);
    }

    private static UserException Empty(Split? split) => new(
        split is null ? "The data set has no photos. Import some first." : $"No photo is in the {SplitName.From(split)} split. Split the data set, or predict another split.",
        field: "split");
}

/// <param name="Classes">Class names in the order of their numbers.</param>
public sealed record ReviewedRun(
    long Id, long DatasetId, string DatasetName, bool IsDrawn, IReadOnlyList<string> Classes, string Backbone, RunStatus Status, bool HasModel);
