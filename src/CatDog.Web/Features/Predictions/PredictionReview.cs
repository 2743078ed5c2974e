using System.Runtime.CompilerServices;
using System.Text.Json;
using CatDog.Data;
using CatDog.Data.Datasets;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Predictions;

/// <summary>Reads a run's predictions beside the labels that hold now.</summary>
internal sealed class PredictionReview(IDbContextFactory<AppDbContext> databases)
{
    public const int MaxPage = 500;

    private const int RowsPerRead = 5000;

    /// <param name="after">The <c>Next</c> of the page before; null for the first.</param>
    /// <param name="take">Rows a page, at most <see cref="MaxPage"/>.</param>
    /// <exception cref="UserException">404: there is no such run; 400: the query or the cursor will not do.</exception>
    public async Task<ReviewPage> PageAsync(PredictionQuery query, string? after = null, int take = 100, CancellationToken cancellation = default)
    {
        if (take < 1) throw new UserException("'take' is the number of predictions a page, from 1.", field: "take");
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var classes = await ClassesAsync(database, query.RunId, cancellation);
        var selection = new PredictionSelection(query, classes);
        var cursor = selection.Order.Read(after);
        var total = cursor?.Total ?? (await CountAsync(database, query.RunId, classes, cancellation)).Matching(query);
        var (rows, next) = await ReadAsync(database, selection, cursor, Math.Min(take, MaxPage), total, cancellation);
        return new([.. rows.Select(r => r.ToRow(classes))], next is null ? null : selection.Order.Write(next), total);
    }

    /// <summary>All rows of a query, read a stretch at a time, so that neither memory nor a read lock grows with their number.</summary>
    /// <inheritdoc cref="PageAsync" path="/exception"/>
    public async IAsyncEnumerable<ReviewRow> StreamAsync(PredictionQuery query, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        PredictionCursor? cursor = null;
        do
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            var classes = await ClassesAsync(database, query.RunId, cancellation);
            (var rows, cursor) = await ReadAsync(database, new(query, classes), cursor, RowsPerRead, total: 0, cancellation);
            foreach (var row in rows) yield return row.ToRow(classes);
        }
        while (cursor is not null);
    }

    /// <summary>The sample ids of all rows of a query in order: a page shows any stretch of it, and a corrected row stays where it is.</summary>
    /// <inheritdoc cref="PageAsync" path="/exception"/>
    public async Task<IReadOnlyList<long>> OrderAsync(PredictionQuery query, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var selection = new PredictionSelection(query, await ClassesAsync(database, query.RunId, cancellation));
        var sql = $"SELECT p.SampleId AS Value FROM {PredictionRecord.Tables} WHERE {selection.Conditions} ORDER BY {selection.Order.OrderBy}";
        return await database.Database.SqlQueryRaw<long>(sql, selection.Values).ToListAsync(cancellation);
    }

    /// <summary>The run's predictions of these samples, in the order of the ids; samples that are gone are left out.</summary>
    /// <inheritdoc cref="PageAsync" path="/exception"/>
    public async Task<IReadOnlyList<ReviewRow>> FindAsync(long runId, IReadOnlyList<long> sampleIds, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var classes = await ClassesAsync(database, runId, cancellation);
        var sql = $"SELECT {PredictionRecord.Columns} FROM {PredictionRecord.Tables} WHERE p.RunId = {{0}} AND p.SampleId IN (SELECT value FROM json_each({{1}}))";
        var found = await database.Database.SqlQueryRaw<PredictionRecord>(sql, runId, JsonSerializer.Serialize(sampleIds)).ToDictionaryAsync(r => r.SampleId, cancellation);
        return [.. sampleIds.Where(found.ContainsKey).Select(id => found[id].ToRow(classes))];
    }

    /// <exception cref="UserException">404: there is no such run.</exception>
    public async Task<PredictionCounts> CountAsync(long runId, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await CountAsync(database, runId, await ClassesAsync(database, runId, cancellation), cancellation);
    }

    /// <summary>The names of the classes a run's predictions can have, in the order of their numbers.</summary>
    /// <exception cref="UserException">404: there is no such run.</exception>
    public async Task<IReadOnlyList<string>> ClassNamesAsync(long runId, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return [.. (await ClassesAsync(database, runId, cancellation)).Select(c => c.Name)];
    }

    /// <summary>Says now what would be wrong with a query.</summary>
    /// <inheritdoc cref="PageAsync" path="/exception"/>
    public async Task CheckAsync(PredictionQuery query, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        _ = new PredictionSelection(query, await ClassesAsync(database, query.RunId, cancellation));
    }

    private static async Task<(List<PredictionRecord> Rows, PredictionCursor? Next)> ReadAsync(
        AppDbContext database, PredictionSelection selection, PredictionCursor? cursor, int take, long total, CancellationToken cancellation)
    {
        if (cursor is not null) selection.Where(selection.Order.After(cursor, selection));
        // One more than asked for tells whether there is a next page.
        var sql = $"SELECT {PredictionRecord.Columns} FROM {PredictionRecord.Tables} WHERE {selection.Conditions} ORDER BY {selection.Order.OrderBy} LIMIT {selection.Add(take + 1)}";
        var rows = await database.Database.SqlQueryRaw<PredictionRecord>(sql, selection.Values).ToListAsync(cancellation);
        if (rows.Count <= take) return (rows, null);
        rows.RemoveAt(take);
        return (rows, selection.Order.CursorAt(rows[^1], total));
    }

    private static async Task<PredictionCounts> CountAsync(AppDbContext database, long runId, IReadOnlyList<LabelClass> classes, CancellationToken cancellation)
    {
        var names = classes.ToDictionary(c => c.Id, c => c.Name);
        var cells = await database.Database.SqlQuery<CountedCell>(
            $"""
            SELECT p.Split, s.LabelClassId, p.PredictedClassId, MIN(CAST(p.Confidence * {PredictionCounts.Bins} AS INTEGER), {PredictionCounts.Bins - 1}) AS Bin, COUNT(*) AS Count
            FROM Predictions p CROSS JOIN Samples s ON s.Id = p.SampleId
            WHERE p.RunId = {runId}
            GROUP BY 1, 2, 3, 4
            """).ToListAsync(cancellation);
        return new(
            [.. classes.Select(c => c.Name)],
            [.. cells.Select(c => new PredictionCount(SplitName.From(c.Split), c.LabelClassId is { } id ? names[id] : null, names[c.PredictedClassId], c.Bin, c.Count))]);
    }

    private static async Task<IReadOnlyList<LabelClass>> ClassesAsync(AppDbContext database, long runId, CancellationToken cancellation)
    {
        var classes = await database.LabelClasses.AsNoTracking()
            .Where(c => database.Runs.Any(r => r.Id == runId && r.DatasetId == c.DatasetId))
            .OrderBy(c => c.Index)
            .ToListAsync(cancellation);
        return classes.Count > 0 ? classes : throw UserException.NotFound($"There is no run {runId}. GET /api/runs lists those there are.");
    }

    private sealed record CountedCell(Split? Split, long? LabelClassId, long PredictedClassId, int Bin, long Count);
}
