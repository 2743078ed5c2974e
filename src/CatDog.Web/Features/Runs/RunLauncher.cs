using System.ComponentModel;
using System.Text.Json;
using CatDog.Data;
using CatDog.Data.Runs;
using CatDog.Training;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Runs;

/// <summary>Starts queued runs, the oldest first, one at a time on each device, and follows those that an earlier server left running.</summary>
internal sealed class RunLauncher(
    IDbContextFactory<AppDbContext> databases, RunQueue queue, RunRecorder recorder, RunFollower follower, TimeProvider clock, ILogger<RunLauncher> log)
    : BackgroundService
{
    private readonly Dictionary<DeviceSlot, Task> _active = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await AdoptAsync(stoppingToken);
            while (true)
            {
                foreach (var done in _active.Where(a => a.Value.IsCompleted).ToList()) _active.Remove(done.Key);
                await TryLaunchAsync(stoppingToken);
                await queue.WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The trainers go on; the next server follows them.
            await Task.WhenAll(_active.Values);
        }
    }

    private async Task AdoptAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        foreach (var run in await database.Runs.AsNoTracking().Where(r => r.Status == RunStatus.Running).ToListAsync(cancellation))
            Follow(run, TrainerProcess.Find(new(run.Folder), run.ProcessId, run.ProcessStartedAt), cancellation);
    }

    private async Task TryLaunchAsync(CancellationToken cancellation)
    {
        try
        {
            await LaunchAsync(cancellation);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // An exception here would end the whole server.
            log.LogError(e, "Queued runs could not be started.");
        }
    }

    private async Task LaunchAsync(CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        foreach (var run in await database.Runs.Where(r => r.Status == RunStatus.Queued).OrderBy(r => r.CreatedAt).ThenBy(r => r.Id).AsNoTracking().ToListAsync(cancellation))
        {
            if (!_active.ContainsKey(SlotOf(run)) && await ClaimAsync(database, run.Id, cancellation)) await StartAsync(database, run, cancellation);
        }
    }

    /// <summary>False where somebody cancelled it meanwhile.</summary>
    private async Task<bool> ClaimAsync(AppDbContext database, long runId, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        return await database.Runs.Where(r => r.Id == runId && r.Status == RunStatus.Queued)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.Status, RunStatus.Running).SetProperty(r => r.StartedAt, r => r.StartedAt ?? now), cancellation) == 1;
    }

    private async Task StartAsync(AppDbContext database, Run run, CancellationToken cancellation)
    {
        var folder = new RunFolder(run.Folder);
        TrainerProcess trainer;
        try
        {
            trainer = TrainerProcess.Start(folder, resume: File.Exists(folder.Events));
        }
        catch (Win32Exception e)
        {
            await recorder.RecordEndAsync(run.Id, new($"Its process could not be started: {e.Message}", IsFailure: true), cancellation);
            return;
        }

        await database.Runs.Where(r => r.Id == run.Id)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.ProcessId, trainer.Id).SetProperty(r => r.ProcessStartedAt, trainer.StartedAt), cancellation);
        Follow(run, trainer, cancellation);
    }

    private void Follow(Run run, TrainerProcess trainer, CancellationToken cancellation) =>
        _active[SlotOf(run)] = FollowAsync(run, trainer, cancellation);

    private async Task FollowAsync(Run run, TrainerProcess trainer, CancellationToken cancellation)
    {
        // Without this a run that ends at once would be done before it is in the table of active ones.
        await Task.Yield();
        try
        {
            using (trainer) await follower.FollowAsync(run.Id, new(run.Folder), trainer, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e)
        {
            // One run's trouble must not stop the others. Its row stays Running, so the next start of the server follows it again.
            log.LogError(e, "Run {Run} could not be followed.", run.Id);
        }

        queue.Wake();
    }

    private static DeviceSlot SlotOf(Run run) => Machine.SlotOf(JsonSerializer.Deserialize<Hyperparameters>(run.Hyperparameters, TrainingJson.Line)!.Device);
}
