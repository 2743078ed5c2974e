using CatDog.Data;
using CatDog.Data.Runs;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Predictions;

/// <summary>Takes prediction passes one after the other, those first that a killed server left running.</summary>
internal sealed class PredictionRunner(IDbContextFactory<AppDbContext> databases, PredictionQueue queue, PredictionRun run) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            if (await NextAsync(stoppingToken) is { } id) await run.RunAsync(id, stoppingToken);
            else await queue.WaitAsync(stoppingToken);
        }
    }

    private async Task<long?> NextAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.PredictionPasses.Where(p => p.Status == PredictionPassStatus.Running || p.Status == PredictionPassStatus.Queued)
            .OrderByDescending(p => p.Status).ThenBy(p => p.Id).Select(p => (long?)p.Id).FirstOrDefaultAsync(cancellation);
    }
}
