using CatDog.Data;
using CatDog.Data.Datasets;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>Takes imports one after the other, those first that a killed server left running.</summary>
internal sealed class ImportRunner(IDbContextFactory<AppDbContext> databases, ImportQueue queue, ImportRun run, ILogger<ImportRunner> log) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await NextAsync(stoppingToken) is { } id) await RunAsync(id, stoppingToken);
                else await queue.WaitAsync(stoppingToken);
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                // The database did not answer. An exception that leaves a hosted service would end the whole server.
                log.LogError(e, "The queue of imports stumbled.");
                await Task.Delay(Pause, stoppingToken);
            }
        }
    }

    private async Task RunAsync(long id, CancellationToken stop)
    {
        using var cancel = new CancellationTokenSource();
        queue.Begin(id, cancel);
        try
        {
            await run.RunAsync(id, cancel.Token, stop);
        }
        finally
        {
            queue.End();
        }
    }

    private async Task<long?> NextAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Imports.Where(i => i.Status == ImportStatus.Running || i.Status == ImportStatus.Queued)
            .OrderByDescending(i => i.Status).ThenBy(i => i.Id).Select(i => (long?)i.Id).FirstOrDefaultAsync(cancellation);
    }
}
