using CatDog.Data;
using CatDog.Data.Datasets;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Labeling;

/// <summary>A <see cref="SampleQuery"/> whose names were found in the database, as predicates that its indexes serve.</summary>
internal sealed class SampleSelection
{
    private readonly SampleQuery _query;
    private readonly long? _classId;
    private readonly Split? _split;
    private readonly string? _pattern;

    private SampleSelection(SampleQuery query, LabelClasses classes)
    {
        _query = query;
        Classes = classes;
        _classId = query.Label is null or SampleQuery.None ? null : classes.IdOf(query.Label);
        _split = query.Split is null or SampleQuery.None ? null : SplitName.Parse(query.Split);
        _pattern = query.Text is null ? null : $"%{Escape(query.Text)}%";
        Order = SampleOrder.Parse(query.Sort);
    }

    public LabelClasses Classes { get; }

    public SampleOrder Order { get; }

    /// <exception cref="UserException">404: there is no such data set; 400: a name in the query is none of those there are.</exception>
    public static async Task<SampleSelection> FindAsync(AppDbContext database, SampleQuery query, CancellationToken cancellation) =>
        new(query, await LabelClasses.FindAsync(database, query.DatasetId, cancellation));

    public IQueryable<Sample> Apply(AppDbContext database)
    {
        var samples = database.Samples.AsNoTracking().Where(s => s.DatasetId == _query.DatasetId);
        if (_query.Label is not null) samples = samples.Where(s => s.LabelClassId == _classId);
        if (_query.Split is not null) samples = samples.Where(s => s.Split == _split);
        if (_pattern is not null) samples = samples.Where(s => EF.Functions.Like(s.Path, _pattern, "\\"));
        return samples;
    }

    /// <summary>Counts samples only where a text is asked for; all else is in <see cref="SampleCount"/>.</summary>
    public async Task<long> CountAsync(AppDbContext database, CancellationToken cancellation)
    {
        if (_pattern is not null) return await Apply(database).LongCountAsync(cancellation);
        var counts = database.SampleCounts.AsNoTracking().Where(c => c.DatasetId == _query.DatasetId);
        if (_query.Label is not null) counts = counts.Where(c => c.LabelClassId == (_classId ?? 0));
        if (_query.Split is not null) counts = counts.Where(c => c.Split == (_split == null ? -1 : (int)_split));
        return await counts.SumAsync(c => c.Count, cancellation);
    }

    private static string Escape(string text) =>
        text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal);
}
