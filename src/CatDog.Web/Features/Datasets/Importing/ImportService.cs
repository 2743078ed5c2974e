using CatDog.Data;
using CatDog.Data.Datasets;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>Orders imports, tells how they are, cancels them.</summary>
internal sealed class ImportService(IDbContextFactory<AppDbContext> databases, ImportFeed feed, ImportQueue queue, TimeProvider clock)
{
    /// <summary>Checks what can be checked at once and puts the import in the queue.</summary>
    /// <returns>The import's id.</returns>
    /// <exception cref="UserException">404: no such data set; 400: the source or another field will not do.</exception>
    public async Task<long> StartAsync(long datasetId, ImportRequest request, string? shownSource = null, CancellationToken cancellation = default)
    {
        var id = await AddAsync(datasetId, request, shownSource, ImportStatus.Queued, cancellation);
        queue.Wake();
        return id;
    }

    /// <summary>Writes the import's row for somebody who runs it at once.</summary>
    /// <exception cref="UserException">As <see cref="StartAsync"/>.</exception>
    public async Task<long> AddAsync(long datasetId, ImportRequest request, string? shownSource, ImportStatus status, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (!await database.Datasets.AnyAsync(d => d.Id == datasetId, cancellation))
            throw UserException.NotFound($"There is no data set {datasetId}. GET /api/datasets lists those there are.");
        var checkedRequest = ImportRequestCheck.Check(request);
        var import = new Import
        {
            DatasetId = datasetId,
            Source = shownSource ?? checkedRequest.Source!,
            Request = checkedRequest.ToJson(),
            Status = status,
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        };
        database.Add(import);
        await database.SaveChangesAsync(cancellation);
        return import.Id;
    }

    /// <summary>An import of the same data set and request that was killed while it ran; null for none.</summary>
    public async Task<long?> FindInterruptedAsync(long datasetId, ImportRequest request, CancellationToken cancellation)
    {
        var json = ImportRequestCheck.Check(request).ToJson();
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Imports.Where(i => i.DatasetId == datasetId && i.Status == ImportStatus.Running && i.Request == json)
            .Select(i => (long?)i.Id).FirstOrDefaultAsync(cancellation);
    }

    /// <exception cref="UserException">404: there is no such import.</exception>
    public async Task<ImportReport> GetAsync(long id, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var import = await database.Imports.AsNoTracking().SingleOrDefaultAsync(i => i.Id == id, cancellation)
            ?? throw UserException.NotFound($"There is no import {id}.");
        var problems = await database.ImportProblems.AsNoTracking().Where(p => p.ImportId == id).OrderBy(p => p.Id)
            .Select(p => new ProblemReport(p.Path, p.Reason)).ToListAsync(cancellation);
        return ImportReport.From(import, feed.Find(id), problems);
    }

    /// <summary>A data set's imports, the newest first, without their problems.</summary>
    public async Task<IReadOnlyList<ImportReport>> ListAsync(long datasetId, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var imports = await database.Imports.AsNoTracking().Where(i => i.DatasetId == datasetId).OrderByDescending(i => i.Id).Take(20).ToListAsync(cancellation);
        return [.. imports.Select(i => ImportReport.From(i, feed.Find(i.Id), []))];
    }

    /// <summary>What is imported already stays. Cancelling one that has ended does nothing.</summary>
    /// <exception cref="UserException">404: there is no such import.</exception>
    public async Task CancelAsync(long id, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (!await database.Imports.AnyAsync(i => i.Id == id, cancellation)) throw UserException.NotFound($"There is no import {id}.");
        var waited = await database.Imports.Where(i => i.Id == id && i.Status == ImportStatus.Queued).ExecuteUpdateAsync(
            set => set.SetProperty(i => i.Status, ImportStatus.Canceled).SetProperty(i => i.EndedAt, clock.GetUtcNow().UtcDateTime), cancellation);
        if (waited == 0) queue.Cancel(id);
    }
}
