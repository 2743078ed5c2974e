using System.Text.Json;
using CatDog.Data;
using CatDog.Data.Datasets;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Labeling;

/// <summary>
/// Decides labels. Every change is a new row in Labels, and in the same transaction the sample's own copy of the newest;
/// when a method returns, both are on disk.
/// </summary>
internal sealed class LabelService(IDbContextFactory<AppDbContext> databases, TimeProvider clock)
{
    /// <param name="label">A class name; null clears the label.</param>
    /// <param name="version">The version the decision was made upon; null to decide whatever it is.</param>
    /// <param name="actionId">Shared by the changes that are to be undone as one; null for an action of its own.</param>
    /// <exception cref="UserException">
    /// 404: there is no such sample; 400: no such class; 409: the label was changed since that version, and to something else than this.
    /// </exception>
    public async Task<LabelChange> SetAsync(
        long sampleId, string? label, int? version, LabelSource source = LabelSource.Human, Guid? actionId = null, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var sample = await FindSampleAsync(database.Samples, sampleId, cancellation);
        var classes = await LabelClasses.FindAsync(database, sample.DatasetId, cancellation);
        var classId = classes.IdOfLabel(label);
        // A repeated request, whose first answer was lost on the way, is no conflict.
        if (sample.LabelClassId == classId) return new(sampleId, classes.NameOf(classId), sample.LabelVersion);
        if (version is not null && version != sample.LabelVersion) throw Conflict(sample, classes.NameOf(sample.LabelClassId));

        database.Add(new Label
        {
            SampleId = sampleId,
            Version = sample.LabelVersion + 1,
            FromClassId = sample.LabelClassId,
            ToClassId = classId,
            Source = source,
            Actor = CurrentPerson.Name,
            ActionId = actionId ?? Guid.CreateVersion7(),
            CreatedAt = clock.GetUtcNow().UtcDateTime,
        });
        sample.LabelClassId = classId;
        sample.LabelVersion++;
        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        return new(sampleId, classes.NameOf(classId), sample.LabelVersion);
    }

    /// <summary>Gives all samples of a query one label, in one action.</summary>
    /// <inheritdoc cref="SetAsync" path="/exception"/>
    public async Task<BulkLabelChange> SetManyAsync(SampleQuery query, string? label, LabelSource source = LabelSource.Human, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var selection = await SampleSelection.FindAsync(database, query, cancellation);
        var ids = await selection.Apply(database).Select(s => s.Id).ToListAsync(cancellation);
        var change = await SetManyAsync(database, query.DatasetId, ids, selection.Classes.IdOfLabel(label), source, cancellation);
        await transaction.CommitAsync(cancellation);
        return change;
    }

    /// <summary>Gives these samples one label, in one action; ids that are not in the data set are left out.</summary>
    /// <inheritdoc cref="SetAsync" path="/exception"/>
    public async Task<BulkLabelChange> SetManyAsync(
        long datasetId, IReadOnlyList<long> ids, string? label, LabelSource source = LabelSource.Human, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var classes = await LabelClasses.FindAsync(database, datasetId, cancellation);
        var change = await SetManyAsync(database, datasetId, ids, classes.IdOfLabel(label), source, cancellation);
        await transaction.CommitAsync(cancellation);
        return change;
    }

    /// <summary>Puts back what an action changed, with new rows, wherever nothing was decided since.</summary>
    /// <exception cref="UserException">404: there is no such action.</exception>
    public async Task<LabelUndo> UndoAsync(Guid actionId, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var changed = await database.Labels.CountAsync(l => l.ActionId == actionId, cancellation);
        if (changed == 0) throw UserException.NotFound($"There is no action {actionId} to undo.");
        var undo = Guid.CreateVersion7();
        var undone = await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO Labels (SampleId, Version, FromClassId, ToClassId, Source, Actor, ActionId, CreatedAt)
            SELECT l.SampleId, l.Version + 1, l.ToClassId, l.FromClassId, {(int)LabelSource.Human}, {CurrentPerson.Name}, {undo}, {Now}
            FROM Labels l JOIN Samples s ON s.Id = l.SampleId
            WHERE l.ActionId = {actionId} AND s.LabelVersion = l.Version
            """,
            cancellation);
        await ProjectAsync(database, undo, cancellation);
        await transaction.CommitAsync(cancellation);
        return new(undone, changed - undone, undo);
    }

    /// <summary>A sample's decisions, the newest first.</summary>
    /// <exception cref="UserException">404: there is no such sample.</exception>
    public async Task<IReadOnlyList<LabelHistoryEntry>> HistoryAsync(long sampleId, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var sample = await FindSampleAsync(database.Samples.AsNoTracking(), sampleId, cancellation);
        var classes = await LabelClasses.FindAsync(database, sample.DatasetId, cancellation);
        var labels = await database.Labels.AsNoTracking().Where(l => l.SampleId == sampleId).OrderByDescending(l => l.Version).ToListAsync(cancellation);
        return
        [
            .. labels.Select(l => new LabelHistoryEntry(
                l.Version, l.Actor, l.CreatedAt, classes.NameOf(l.FromClassId), classes.NameOf(l.ToClassId), JsonNamingPolicy.CamelCase.ConvertName(l.Source.ToString()))),
        ];
    }

    private long Now => clock.GetUtcNow().ToUnixTimeMilliseconds();

    private async Task<BulkLabelChange> SetManyAsync(
        AppDbContext database, long datasetId, IReadOnlyList<long> ids, long? classId, LabelSource source, CancellationToken cancellation)
    {
        var action = Guid.CreateVersion7();
        var count = await database.Database.ExecuteSqlAsync(
            $"""
            INSERT INTO Labels (SampleId, Version, FromClassId, ToClassId, Source, Actor, ActionId, CreatedAt)
            SELECT Id, LabelVersion + 1, LabelClassId, {classId}, {(int)source}, {CurrentPerson.Name}, {action}, {Now}
            FROM Samples
            WHERE Id IN (SELECT value FROM json_each({JsonSerializer.Serialize(ids)})) AND DatasetId = {datasetId} AND LabelClassId IS NOT {classId}
            """,
            cancellation);
        await ProjectAsync(database, action, cancellation);
        return new(count, action);
    }

    /// <summary>Brings the samples of an action up to its rows.</summary>
    private static Task<int> ProjectAsync(AppDbContext database, Guid action, CancellationToken cancellation) =>
        database.Database.ExecuteSqlAsync(
            $"UPDATE Samples SET LabelClassId = l.ToClassId, LabelVersion = l.Version FROM Labels l WHERE l.ActionId = {action} AND l.SampleId = Samples.Id",
            cancellation);

    private static async Task<Sample> FindSampleAsync(IQueryable<Sample> samples, long id, CancellationToken cancellation) =>
        await samples.SingleOrDefaultAsync(s => s.Id == id, cancellation) ?? throw UserException.NotFound($"There is no sample {id}.");

    private static UserException Conflict(Sample sample, string? label) => new(
        $"The label was changed meanwhile: it is {(label is null ? "cleared" : $"'{label}'")} now, version {sample.LabelVersion}. Look again, then send that version.",
        status: StatusCodes.Status409Conflict)
    {
        Details = { ["id"] = sample.Id, ["label"] = label, ["version"] = sample.LabelVersion },
    };
}
