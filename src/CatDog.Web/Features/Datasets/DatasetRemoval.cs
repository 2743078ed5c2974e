using CatDog.Data;
using CatDog.Data.Datasets;
using CatDog.Data.Runs;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Datasets;

/// <summary>Removes a data set with its labels, runs and the copies that only it uses. Photos that were imported in place stay.</summary>
internal sealed class DatasetRemoval(IDbContextFactory<AppDbContext> databases, SampleLocations locations, ThumbnailStore thumbnails)
{
    /// <exception cref="UserException">404: there is no such data set; 409: something is working on it.</exception>
    public async Task RemoveAsync(long id, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (!await database.Datasets.AnyAsync(d => d.Id == id, cancellation)) throw UserException.NotFound($"There is no data set {id}.");
        await RefuseWhereBusyAsync(database, id, cancellation);
        var files = await FilesOfItsOwnAsync(database, id, cancellation);
        var runFolders = await database.Runs.Where(r => r.DatasetId == id).Select(r => r.Folder).ToListAsync(cancellation);

        await using (var transaction = await database.Database.BeginTransactionAsync(cancellation))
        {
            // Runs (with their predictions) and samples point at classes that may not go before them.
            await database.Runs.Where(r => r.DatasetId == id).ExecuteDeleteAsync(cancellation);
            await database.Samples.Where(s => s.DatasetId == id).ExecuteDeleteAsync(cancellation);
            await database.Datasets.Where(d => d.Id == id).ExecuteDeleteAsync(cancellation);
            await transaction.CommitAsync(cancellation);
        }

        foreach (var file in files.Where(File.Exists)) File.Delete(file);
        foreach (var folder in runFolders.Where(Directory.Exists)) Directory.Delete(folder, recursive: true);
    }

    private static async Task RefuseWhereBusyAsync(AppDbContext database, long id, CancellationToken cancellation)
    {
        if (await database.Imports.AnyAsync(i => i.DatasetId == id && (i.Status == ImportStatus.Queued || i.Status == ImportStatus.Running), cancellation))
            throw new UserException("An import into this data set is running. Cancel it first.", status: StatusCodes.Status409Conflict);
        if (await database.Runs.AnyAsync(r => r.DatasetId == id && (r.Status == RunStatus.Queued || r.Status == RunStatus.Running), cancellation))
            throw new UserException("A run of this data set is training. Cancel it first.", status: StatusCodes.Status409Conflict);
    }

    /// <summary>Copied bytes and thumbnails of photos that no other data set has.</summary>
    private async Task<IReadOnlyList<string>> FilesOfItsOwnAsync(AppDbContext database, long id, CancellationToken cancellation)
    {
        var samples = await database.Samples.Where(s => s.DatasetId == id && !database.Samples.Any(other => other.DatasetId != id && other.Sha256 == s.Sha256))
            .Select(s => new { s.Sha256, s.Location }).ToListAsync(cancellation);
        return
        [
            .. samples.Where(s => s.Location == SampleLocations.OfBlob(s.Sha256)).Select(s => locations.Resolve(s.Location)),
            .. samples.Select(s => thumbnails.PathOf(s.Sha256)),
        ];
    }
}
