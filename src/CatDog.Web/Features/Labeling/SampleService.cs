using CatDog.Data;
using CatDog.Data.Datasets;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Labeling;

/// <summary>Finds samples, page by page.</summary>
internal sealed class SampleService(IDbContextFactory<AppDbContext> databases)
{
    public const int MaxPage = 500;
    public const int MaxSequence = 20_000;

    /// <param name="after">The <c>Next</c> of the page before; null for the first.</param>
    /// <param name="take">Rows a page, at most <see cref="MaxPage"/>.</param>
    /// <exception cref="UserException">404: there is no such data set; 400: the query or the cursor will not do.</exception>
    public async Task<SamplePage> PageAsync(SampleQuery query, string? after = null, int take = 100, CancellationToken cancellation = default)
    {
        take = Limit(take, MaxPage);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var selection = await SampleSelection.FindAsync(database, query, cancellation);
        var samples = await Page(selection, selection.Apply(database), after, take).ToListAsync(cancellation);
        var more = samples.Count > take;
        if (more) samples.RemoveAt(take);
        return new(
            [.. samples.Select(s => Row(s, selection.Classes))],
            more ? selection.Order.CursorAt(samples[^1].Id, samples[^1].FileName) : null,
            await selection.CountAsync(database, cancellation));
    }

    /// <summary>Ids, labels and versions only, for a browser that holds the whole order.</summary>
    /// <inheritdoc cref="PageAsync" path="/exception"/>
    public async Task<SampleSequence> SequenceAsync(SampleQuery query, string? after = null, int take = MaxSequence, CancellationToken cancellation = default)
    {
        take = Limit(take, MaxSequence);
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var selection = await SampleSelection.FindAsync(database, query, cancellation);
        var rows = await Page(selection, selection.Apply(database), after, take)
            .Select(s => new { s.Id, s.FileName, s.LabelClassId, s.LabelVersion })
            .ToListAsync(cancellation);
        var more = rows.Count > take;
        if (more) rows.RemoveAt(take);
        return new(
            [.. rows.Select(r => r.Id)],
            [.. rows.Select(r => selection.Classes.IndexOf(r.LabelClassId))],
            [.. rows.Select(r => r.LabelVersion)],
            more ? selection.Order.CursorAt(rows[^1].Id, rows[^1].FileName) : null);
    }

    /// <summary>The samples with these ids, by id; ids of other data sets and of samples that are gone are left out.</summary>
    public async Task<IReadOnlyList<SampleRow>> FindAsync(long datasetId, IReadOnlyList<long> ids, CancellationToken cancellation = default)
    {
        if (ids.Count > MaxPage) throw new UserException($"Ask for at most {MaxPage} samples at a time.", field: "ids");
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var classes = await LabelClasses.FindAsync(database, datasetId, cancellation);
        var samples = await database.Samples.AsNoTracking()
            .Where(s => s.DatasetId == datasetId && EF.Parameter(ids).Contains(s.Id))
            .OrderBy(s => s.Id)
            .ToListAsync(cancellation);
        return [.. samples.Select(s => Row(s, classes))];
    }

    /// <inheritdoc cref="PageAsync" path="/exception"/>
    public async Task<long> CountAsync(SampleQuery query, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var selection = await SampleSelection.FindAsync(database, query, cancellation);
        return await selection.CountAsync(database, cancellation);
    }

    /// <summary>One more than asked for tells whether there is a next page.</summary>
    private static IQueryable<Sample> Page(SampleSelection selection, IQueryable<Sample> samples, string? after, int take) =>
        selection.Order.Apply(selection.Order.After(samples, after)).Take(take + 1);

    private static int Limit(int take, int most) =>
        take >= 1 ? Math.Min(take, most) : throw new UserException("'take' is the number of samples a page, from 1.", field: "take");

    private static SampleRow Row(Sample s, LabelClasses classes) =>
        new(s.Id, s.FileName, s.Path, classes.NameOf(s.LabelClassId), SplitName.From(s.Split), s.Width, s.Height, s.LabelVersion);
}
