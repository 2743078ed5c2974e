using CatDog.Data;
using CatDog.Data.Datasets;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>Writes an import's outcomes, a batch in one transaction, with the counts and problems that belong to them.</summary>
internal sealed class ImportWriter(IDbContextFactory<AppDbContext> databases, Import import, SampleLocations locations, ProgressMeter meter, TimeProvider clock)
{
    private readonly Guid _action = Guid.NewGuid();
    private ImportStatements _sql = null!;

    /// <summary>The newest label came from an import and another file says otherwise: a person has to look.</summary>
    private const string Conflict = "The same bytes are also in '{0}', which has another label. The first label was kept.";

    public async Task WriteAsync(IReadOnlyCollection<Outcome> batch, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        await database.Database.OpenConnectionAsync(cancellation);
        var connection = (SqliteConnection)database.Database.GetDbConnection();
        await using var transaction = connection.BeginTransaction();
        using (_sql = new ImportStatements(connection, transaction, import.DatasetId, import.Id, _action, clock.GetUtcNow().ToUnixTimeMilliseconds()))
        {
            foreach (var outcome in batch) Write(outcome);
            _sql.SetCounts(meter.Found, meter.Imported, meter.Duplicates, meter.Skipped);
        }

        await transaction.CommitAsync(cancellation);
    }

    private void Write(Outcome outcome)
    {
        if (outcome.Remark is { } remark && outcome is not Refused) _sql.AddProblem(outcome.Entry.Path, remark);
        switch (outcome)
        {
            case Refused refused:
                meter.AddSkipped();
                _sql.AddProblem(refused.Entry.Path, refused.Reason);
                break;
            case Seen seen:
                if (seen.IsNew) meter.AddImported();
                else meter.AddDuplicate();
                if (seen.ClassId is { } seenClass) _sql.AddFirstLabel(seen.SampleId, seenClass);
                break;
            case Photo photo:
                WritePhoto(photo);
                break;
        }
    }

    private void WritePhoto(Photo photo)
    {
        var known = _sql.FindSample(photo.Sha256);
        if (known is null && photo.Look is null) throw new InvalidOperationException($"The sample of '{photo.Entry.Path}' went away during the import.");
        var id = known?.Id ?? _sql.AddSample(photo);
        if (_sql.SampleOfOrigin(photo.Entry.Origin) is { } former && former != id)
            _sql.AddProblem(photo.Entry.Path, "The file changed since it was imported. It was taken as a new photo; the former one may show the new bytes.");
        _sql.AddFile(id, photo.Entry);
        if (known is null)
        {
            meter.AddImported();
            if (photo.ClassId is { } first) _sql.AddFirstLabel(id, first);
            return;
        }

        meter.AddDuplicate();
        if (!File.Exists(locations.Resolve(known.Location))) _sql.MoveSample(id, photo.Location);
        if (photo.ClassId is not { } label || label == known.ClassId) return;
        if (known.LabelVersion == 0) _sql.AddFirstLabel(id, label);
        else if (_sql.NewestLabelIsImported(id))
            _sql.AddProblem(photo.Entry.Path, string.Format(System.Globalization.CultureInfo.InvariantCulture, Conflict, known.Path));
    }
}
