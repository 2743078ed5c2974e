using System.Text.Json;
using CatDog.Data;
using CatDog.Data.Datasets;
using CatDog.Training;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Splits;

/// <summary>Splits a data set into train, val and test, and moves single samples by hand.</summary>
internal sealed class SplitService(IDbContextFactory<AppDbContext> databases)
{
    /// <summary>What <see cref="ApplyAsync"/> would do.</summary>
    /// <exception cref="UserException">400: the settings will not do; 404: there is no such data set.</exception>
    public async Task<SplitCounts> PreviewAsync(long datasetId, SplitSettings settings, CancellationToken cancellation = default)
    {
        settings.Fractions();
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var dataset = await FindAsync(database, datasetId, cancellation);
        var candidates = await CandidatesAsync(database, datasetId, cancellation);
        return Count(dataset, candidates, SplitAssignment.Assign(candidates, settings));
    }

    /// <summary>Splits the data set anew; locked samples keep their split. All of it happens, or nothing.</summary>
    /// <exception cref="UserException">400: the settings will not do; 404: there is no such data set.</exception>
    public async Task<SplitCounts> ApplyAsync(long datasetId, SplitSettings settings, CancellationToken cancellation = default)
    {
        settings.Fractions();
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var dataset = await FindAsync(database, datasetId, cancellation);
        var candidates = await CandidatesAsync(database, datasetId, cancellation);
        var splits = SplitAssignment.Assign(candidates, settings);
        var changes = Enumerable.Range(0, splits.Length).Where(i => splits[i] != candidates[i].Split).GroupBy(i => splits[i], i => candidates[i].Id);
        foreach (var change in changes) await SetAsync(database, [.. change], change.Key, cancellation);
        dataset.SplitSettings = JsonSerializer.Serialize(settings, TrainingJson.Line);
        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return Count(dataset, candidates, splits);
    }

    /// <summary>Moves samples by hand, and locks them there or unlocks them.</summary>
    public async Task MoveAsync(IReadOnlyList<long> sampleIds, Split? split, bool locked, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var ids = JsonSerializer.Serialize(sampleIds);
        await database.Database.ExecuteSqlAsync(
            $"UPDATE Samples SET Split = {(int?)split}, SplitLocked = {locked} WHERE Id IN (SELECT value FROM json_each({ids}))", cancellation);
    }

    /// <summary>Lets samples take part in the next split again; until then they stay where they are.</summary>
    public async Task UnlockAsync(IReadOnlyList<long> sampleIds, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await database.Samples.Where(s => sampleIds.Contains(s.Id)).ExecuteUpdateAsync(s => s.SetProperty(x => x.SplitLocked, false), cancellation);
    }

    /// <summary>The locked samples, in the order of their ids.</summary>
    public async Task<IReadOnlyList<LockedSample>> LockedAsync(long datasetId, int take, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Samples.Where(s => s.DatasetId == datasetId && s.SplitLocked).OrderBy(s => s.Id).Take(take)
            .Select(s => new LockedSample(s.Id, s.FileName, s.LabelClass!.Name, s.Split)).ToListAsync(cancellation);
    }

    /// <summary>The settings that were applied last; null where the set was never split.</summary>
    public async Task<SplitSettings?> AppliedAsync(long datasetId, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var json = await database.Datasets.Where(d => d.Id == datasetId).Select(d => d.SplitSettings).SingleOrDefaultAsync(cancellation);
        return json is null ? null : JsonSerializer.Deserialize<SplitSettings>(json, TrainingJson.Line);
    }

    private static async Task<Dataset> FindAsync(AppDbContext database, long datasetId, CancellationToken cancellation) =>
        await database.Datasets.Include(d => d.Classes).SingleOrDefaultAsync(d => d.Id == datasetId, cancellation)
        ?? throw UserException.NotFound($"There is no data set {datasetId}. GET /api/datasets lists those there are.");

    private static Task<List<SplitCandidate>> CandidatesAsync(AppDbContext database, long datasetId, CancellationToken cancellation) =>
        database.Samples.Where(s => s.DatasetId == datasetId)
            .Select(s => new SplitCandidate(s.Id, s.Sha256, s.DuplicateGroup, s.LabelClassId, s.Split, s.SplitLocked)).ToListAsync(cancellation);

    /// <summary>One statement a split: a JSON array of ids costs one parameter, whatever their number.</summary>
    private static Task<int> SetAsync(AppDbContext database, IReadOnlyList<long> ids, Split? split, CancellationToken cancellation)
    {
        var json = JsonSerializer.Serialize(ids);
        return database.Database.ExecuteSqlAsync(
            $"UPDATE Samples SET Split = {(int?)split} WHERE Id IN (SELECT value FROM json_each({json}))", cancellation);
    }

    private static SplitCounts Count(Dataset dataset, List<SplitCandidate> candidates, Split?[] splits)
    {
        var names = dataset.Classes.ToDictionary(c => c.Id, c => c.Name);
        var counts = Enumerable.Range(0, splits.Length)
            .CountBy(i => (splits[i], candidates[i].LabelClassId is { } label ? names[label] : null))
            .ToDictionary();
        return new(
            [.. dataset.Classes.OrderBy(c => c.Index).Select(c => c.Name)],
            counts,
            Enumerable.Range(0, splits.Length).Count(i => splits[i] != candidates[i].Split),
            candidates.Count(c => c.Locked));
    }
}

/// <summary>A sample that keeps its split.</summary>
/// <param name="Label">Null for unlabeled.</param>
public sealed record LockedSample(long Id, string FileName, string? Label, Split? Split);
