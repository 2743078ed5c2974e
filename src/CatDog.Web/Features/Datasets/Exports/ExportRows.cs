using System.Linq.Expressions;
using System.Runtime.CompilerServices;
using CatDog.Data;
using CatDog.Data.Datasets;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Datasets.Exports;

/// <summary>Reads a data set's samples page by page in the order of their ids, however many there are, without holding the database open meanwhile.</summary>
internal sealed class ExportRows(IDbContextFactory<AppDbContext> databases, long datasetId)
{
    private const int PageSize = 2000;

    private static readonly Expression<Func<Sample, ExportRow>> AsRow = s => new(
        s.Id, s.FileName, s.Path, s.LabelClass!.Name, s.LabelClass == null ? null : s.LabelClass.Index, s.Split, s.Width, s.Height, s.Sha256);

    public IAsyncEnumerable<ExportRow> AllAsync(CancellationToken cancellation) => PagesAsync(s => true, cancellation);

    public IAsyncEnumerable<ExportRow> LabelledAsync(CancellationToken cancellation) => PagesAsync(s => s.LabelClassId != null, cancellation);

    public IAsyncEnumerable<ExportRow> OfSplitAsync(Split split, bool labelledOnly, CancellationToken cancellation) =>
        PagesAsync(s => s.Split == split && (!labelledOnly || s.LabelClassId != null), cancellation);

    /// <summary>The labelled samples, with how their label came about.</summary>
    public async IAsyncEnumerable<LabelledRow> WithHistoryAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = 0L;
        while (true)
        {
            await using var database = await databases.CreateDbContextAsync(cancellation);
            var samples = database.Samples.AsNoTracking().Where(s => s.DatasetId == datasetId && s.Id > after && s.LabelClassId != null).OrderBy(s => s.Id).Take(PageSize);
            var rows = await samples.Select(AsRow).ToListAsync(cancellation);
            if (rows.Count == 0) yield break;
            var labels = await samples
                .Join(database.Labels, s => new { SampleId = s.Id, Version = s.LabelVersion }, l => new { l.SampleId, l.Version }, (s, l) => new { s.Id, l.Source, l.CreatedAt })
                .ToDictionaryAsync(l => l.Id, cancellation);
            var origins = await samples
                .Select(s => new { s.Id, Origin = database.SampleFiles.Where(f => f.SampleId == s.Id).OrderBy(f => f.Id).Select(f => f.Origin).FirstOrDefault() })
                .ToDictionaryAsync(o => o.Id, o => o.Origin, cancellation);
            foreach (var row in rows)
            {
                // Without a history the label came with the sample.
                var label = labels.GetValueOrDefault(row.Id);
                yield return new(row, origins[row.Id], label?.Source ?? LabelSource.Import, label?.CreatedAt ?? DateTime.UnixEpoch);
            }

            after = rows[^1].Id;
        }
    }

    private async IAsyncEnumerable<ExportRow> PagesAsync(Expression<Func<Sample, bool>> filter, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var after = 0L;
        while (true)
        {
            var page = await PageAsync(filter, after, cancellation);
            foreach (var row in page) yield return row;
            if (page.Count < PageSize) yield break;
            after = page[^1].Id;
        }
    }

    private async Task<List<ExportRow>> PageAsync(Expression<Func<Sample, bool>> filter, long after, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Samples.AsNoTracking().Where(s => s.DatasetId == datasetId && s.Id > after).Where(filter)
            .OrderBy(s => s.Id).Take(PageSize).Select(AsRow).ToListAsync(cancellation);
    }
}
