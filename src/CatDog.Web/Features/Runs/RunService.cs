using System.Text.Json;
using CatDog.Data;
using CatDog.Data.Runs;
using CatDog.Training;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Runs;

/// <summary>Plans, finds, cancels and resumes runs. The <see cref="RunLauncher"/> does what is written here.</summary>
internal sealed class RunService(
    IDbContextFactory<AppDbContext> databases, DataFolder folder, RunPlanner planner, RunQueue queue, RunFeed feed, TimeProvider clock)
{
    /// <summary>Writes the plan and queues the run.</summary>
    /// <returns>The run's id.</returns>
    /// <exception cref="UserException">400: a hyperparameter or the split will not do; 404: there is no such data set.</exception>
    public async Task<long> StartAsync(long datasetId, Hyperparameters hyperparameters, CancellationToken cancellation = default)
    {
        foreach (var (field, problem) in hyperparameters.Validate()) throw new UserException(problem, field: field);

        await using var database = await databases.CreateDbContextAsync(cancellation);
        var plan = await planner.PlanAsync(database, datasetId, hyperparameters, cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var run = new Run
        {
            DatasetId = datasetId,
            Status = RunStatus.Queued,
            Backbone = hyperparameters.Backbone,
            Hyperparameters = JsonSerializer.Serialize(hyperparameters, TrainingJson.Line),
            Folder = "",
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        };
        database.Add(run);
        await database.SaveChangesAsync(cancellation);
        run.Folder = Path.Combine(folder.Runs, run.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        // The row shows only once its folder is whole: the launcher may take it the moment the transaction ends.
        plan.Save(run.Folder);
        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        queue.Wake();
        return run.Id;
    }

    /// <summary>Stops a run; one that is training saves what it needs to be resumed.</summary>
    /// <exception cref="UserException">404: there is no such run; 409: it is over already.</exception>
    public async Task CancelAsync(long id, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var now = clock.GetUtcNow().UtcDateTime;
        var canceled = await database.Runs.Where(r => r.Id == id && r.Status == RunStatus.Queued)
            .ExecuteUpdateAsync(s => s.SetProperty(r => r.Status, RunStatus.Canceled).SetProperty(r => r.EndedAt, now), cancellation);
        if (canceled == 0)
        {
            canceled = await database.Runs.Where(r => r.Id == id && r.Status == RunStatus.Running)
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.CancelRequested, true), cancellation);
        }

        var run = await FindAsync(database, id, cancellation);
        if (canceled == 0) throw Conflict($"Run {id} is {RunStatusName.From(run.Status)}: there is nothing to cancel.");
        await feed.PublishAsync(id, [], RunState.Of(run));
    }

    /// <summary>Queues a run that was interrupted, canceled or failed to go on from its last checkpoint.</summary>
    /// <exception cref="UserException">404: there is no such run; 409: it is not stopped.</exception>
    public async Task ResumeAsync(long id, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var queued = await database.Runs
            .Where(r => r.Id == id && (r.Status == RunStatus.Interrupted || r.Status == RunStatus.Canceled || r.Status == RunStatus.Failed))
            .ExecuteUpdateAsync(
                s => s.SetProperty(r => r.Status, RunStatus.Queued).SetProperty(r => r.CancelRequested, false)
                    .SetProperty(r => r.Error, (string?)null).SetProperty(r => r.EndedAt, (DateTime?)null)
                    .SetProperty(r => r.ProcessId, (int?)null).SetProperty(r => r.ProcessStartedAt, (DateTime?)null),
                cancellation);
        var run = await FindAsync(database, id, cancellation);
        if (queued == 0) throw Conflict($"Run {id} is {RunStatusName.From(run.Status)}: only a stopped run can be resumed.");
        await feed.PublishAsync(id, [], RunState.Of(run));
        queue.Wake();
    }

    /// <exception cref="UserException">404: there is no such run.</exception>
    public async Task<RunDetail> GetAsync(long id, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return RunDetail.Of(await FindAsync(database, id, cancellation));
    }

    /// <summary>The newest first; those before an id, to page on.</summary>
    public async Task<IReadOnlyList<RunSummary>> ListAsync(long? datasetId = null, long? before = null, int take = 100, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var runs = await database.Runs.AsNoTracking().Include(r => r.Dataset).Include(r => r.Epochs)
            .Where(r => (datasetId == null || r.DatasetId == datasetId) && (before == null || r.Id < before))
            .OrderByDescending(r => r.Id).Take(Math.Clamp(take, 1, 500)).ToListAsync(cancellation);
        return [.. runs.Select(Summarize)];
    }

    /// <exception cref="UserException">404: there is no such run.</exception>
    public async Task<RunFolder> FolderAsync(long id, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return new((await FindAsync(database, id, cancellation)).Folder);
    }

    private static RunSummary Summarize(Run run) => new(
        run.Id, run.DatasetId, run.Dataset!.Name, run.Status, run.Backbone, run.Device,
        JsonSerializer.Deserialize<Hyperparameters>(run.Hyperparameters, TrainingJson.Line)!.Epochs, run.Epochs.Count,
        run.Epochs.FirstOrDefault(e => e.Number == run.BestEpoch)?.ValAccuracy, run.Error, run.CreatedAt, run.StartedAt, run.EndedAt);

    private static async Task<Run> FindAsync(AppDbContext database, long id, CancellationToken cancellation) =>
        await database.Runs.AsNoTracking().Include(r => r.Dataset).Include(r => r.Epochs).SingleOrDefaultAsync(r => r.Id == id, cancellation)
        ?? throw UserException.NotFound($"There is no run {id}. GET /api/runs lists those there are.");

    private static UserException Conflict(string message) => new(message, status: StatusCodes.Status409Conflict);
}
