using CatDog.Data.Datasets;
using Microsoft.Data.Sqlite;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>The SQL of an import, prepared once a batch: about six times faster than the change tracker.</summary>
internal sealed class ImportStatements(SqliteConnection connection, SqliteTransaction transaction, long datasetId, long importId, Guid action, long now) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    public KnownSample? FindSample(string sha256)
    {
        using var reader = Prepare("SELECT Id, LabelClassId, LabelVersion, Path, Location FROM Samples WHERE DatasetId = $p0 AND Sha256 = $p1", datasetId, sha256).ExecuteReader();
        return reader.Read()
            ? new(reader.GetInt64(0), reader.IsDBNull(1) ? null : reader.GetInt64(1), reader.GetInt32(2), reader.GetString(3), reader.GetString(4))
            : null;
    }

    public long AddSample(Photo photo)
    {
        var look = photo.Look!;
        return (long)Prepare(
            """
            INSERT INTO Samples (DatasetId, FileName, Path, Location, Sha256, MediaType, Width, Height, PerceptualHash, LabelVersion, SplitLocked, CreatedAt)
            VALUES ($p0, $p1, $p2, $p3, $p4, $p5, $p6, $p7, $p8, 0, 0, $p9) RETURNING Id
            """,
            datasetId, photo.Entry.FileName, photo.Entry.Path, photo.Location, photo.Sha256, look.MediaType, look.Width, look.Height, look.PerceptualHash, now).ExecuteScalar()!;
    }

    public long? SampleOfOrigin(string origin) =>
        (long?)Prepare("SELECT SampleId FROM SampleFiles WHERE DatasetId = $p0 AND Origin = $p1", datasetId, origin).ExecuteScalar();

    public void AddFile(long sampleId, SourceEntry entry) => Prepare(
        """
        INSERT INTO SampleFiles (DatasetId, SampleId, Origin, Size, ModifiedAt) VALUES ($p0, $p1, $p2, $p3, $p4)
        ON CONFLICT (DatasetId, Origin) DO UPDATE SET SampleId = excluded.SampleId, Size = excluded.Size, ModifiedAt = excluded.ModifiedAt
        """,
        datasetId, sampleId, entry.Origin, entry.Size, new DateTimeOffset(entry.ModifiedAt).ToUnixTimeMilliseconds()).ExecuteNonQuery();

    public void MoveSample(long sampleId, string location) =>
        Prepare("UPDATE Samples SET Location = $p0 WHERE Id = $p1", location, sampleId).ExecuteNonQuery();

    /// <summary>Labels a sample that never had a label; a decision that is there, be it a person's or an import's, stays.</summary>
    public void AddFirstLabel(long sampleId, long classId)
    {
        if (Prepare("UPDATE Samples SET LabelClassId = $p0, LabelVersion = 1 WHERE Id = $p1 AND LabelVersion = 0", classId, sampleId).ExecuteNonQuery() == 0) return;
        Prepare(
            "INSERT INTO Labels (SampleId, Version, ToClassId, Source, Actor, ActionId, CreatedAt) VALUES ($p0, 1, $p1, $p2, $p3, $p4, $p5)",
            sampleId, classId, (int)LabelSource.Import, $"import {importId}", action, now).ExecuteNonQuery();
    }

    public bool NewestLabelIsImported(long sampleId) =>
        Prepare("SELECT Source FROM Labels WHERE SampleId = $p0 ORDER BY Version DESC LIMIT 1", sampleId).ExecuteScalar() is long source && source == (int)LabelSource.Import;

    public void AddProblem(string path, string reason) =>
        Prepare("INSERT INTO ImportProblems (ImportId, Path, Reason) VALUES ($p0, $p1, $p2)", importId, path, reason).ExecuteNonQuery();

    public void SetCounts(int found, int imported, int duplicates, int skipped) => Prepare(
        "UPDATE Imports SET Found = $p0, Imported = $p1, Duplicates = $p2, Skipped = $p3 WHERE Id = $p4",
        found, imported, duplicates, skipped, importId).ExecuteNonQuery();

    public void Dispose()
    {
        foreach (var command in _prepared.Values) command.Dispose();
    }

    private SqliteCommand Prepare(string sql, params ReadOnlySpan<object> values)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            command.Transaction = transaction;
            _prepared[sql] = command;
        }

        command.Parameters.Clear();
        for (var i = 0; i < values.Length; i++) command.Parameters.AddWithValue($"$p{i}", values[i]);
        return command;
    }
}

/// <summary>A sample that holds the bytes of a file that is being imported.</summary>
internal sealed record KnownSample(long Id, long? ClassId, int LabelVersion, string Path, string Location);
