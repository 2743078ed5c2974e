using CatDog.Data;
using CatDog.Data.Datasets;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>Runs an import to its end, whichever that is, and records it.</summary>
internal sealed class ImportRun(Importer importer, IDbContextFactory<AppDbContext> databases, TimeProvider clock, ILogger<ImportRun> log)
{
    /// <param name="cancel">A person does not want it any more.</param>
    /// <param name="stop">The program ends; the import goes on when it is started again.</param>
    public async Task RunAsync(long importId, CancellationToken cancel, CancellationToken stop)
    {
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, stop);
            await importer.RunAsync(importId, either.Token);
            await EndAsync(importId, ImportStatus.Completed, null);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await EndAsync(importId, ImportStatus.Canceled, null);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Its row still says that it runs.
        }
        catch (UserException e)
        {
            await EndAsync(importId, ImportStatus.Failed, e.Message);
        }
        catch (Exception e)
        {
            log.LogError(e, "Import {Import} failed.", importId);
            await EndAsync(importId, ImportStatus.Failed, $"{e.Message} What was imported stays; import the source again to go on.");
        }
    }

    private async Task EndAsync(long importId, ImportStatus status, string? error)
    {
        await using var database = await databases.CreateDbContextAsync();
        if (await database.Imports.SingleOrDefaultAsync(i => i.Id == importId) is not { } import) return;
        (import.Status, import.Error, import.EndedAt) = (status, error, clock.GetUtcNow().UtcDateTime);
        await database.SaveChangesAsync();
        if (ImportRequest.FromJson(import.Request) is { IsUpload: true } upload) UploadFolder.Remove(upload.Source!);
    }
}
