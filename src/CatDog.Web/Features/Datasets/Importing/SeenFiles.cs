using CatDog.Data;
using CatDog.Data.Datasets;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>Recognises the files that a data set has had before, by origin, size and time, without reading them.</summary>
internal sealed class SeenFiles(IDbContextFactory<AppDbContext> databases)
{
    public async Task<IReadOnlyDictionary<string, Seen>> FindAsync(Import import, IReadOnlyList<SourceEntry> entries, CancellationToken cancellation)
    {
        var origins = entries.Where(e => e.Refusal is null).Select(e => e.Origin).ToList();
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var files = await database.SampleFiles.AsNoTracking()
            .Where(f => f.DatasetId == import.DatasetId && origins.Contains(f.Origin))
            .Join(database.Samples, f => f.SampleId, s => s.Id, (f, s) => new
            {
                f.Origin,
                f.Size,
                f.ModifiedAt,
                f.SampleId,
                IsNew = s.CreatedAt >= import.StartedAt && !database.SampleFiles.Any(other => other.SampleId == s.Id && other.Id < f.Id),
            })
            .ToDictionaryAsync(f => f.Origin, cancellation);
        return entries
            .Where(e => files.TryGetValue(e.Origin, out var f) && f.Size == e.Size && Milliseconds(f.ModifiedAt) == Milliseconds(e.ModifiedAt))
            .Select(e => new Seen(e, files[e.Origin].SampleId, files[e.Origin].IsNew))
            .DistinctBy(seen => seen.Entry.Origin)
            .ToDictionary(seen => seen.Entry.Origin, StringComparer.Ordinal);
    }

    private static long Milliseconds(DateTime time) => new DateTimeOffset(time.ToUniversalTime()).ToUnixTimeMilliseconds();
}
