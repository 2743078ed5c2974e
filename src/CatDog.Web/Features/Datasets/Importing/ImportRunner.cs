using CatDog.Data;
using CatDog.Data.Datasets;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>Takes imports one after the other, those first that a killed server left running.</summary>
internal sealed class ImportRunner(IDbContextFactory<AppDbContext> databases, ImportQueue queue, ImportRun run) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await NextAsync(stoppingToken) is not { } id)
            {
                await queue.WaitAsync(stoppingToken);
                continue;
            }

            using var cancel = new CancellationTokenSource();
            queue.Begin(id, cancel);
            try
            {
                await run.RunAsync(id, cancel.Token, stoppingToken);
            }
            finally
            {
                queue.End();
            }
        }
    }

    private async Task<long?> NextAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Imports.Where(i => i.Status == ImportStatus.Running || i.Status == ImportStatus.Queued)
            .OrderByDescending(i => i.Status).ThenBy(i => i.Id).Select(i => (long?)i.Id).FirstOrDefaultAsync(cancellation);
    }
}
