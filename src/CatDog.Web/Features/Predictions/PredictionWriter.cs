using System.Data;
using System.Text.Json;
using CatDog.Data;
using CatDog.Data.Datasets;
using CatDog.Data.Runs;
using CatDog.Web.Hosting;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Predictions;

/// <summary>Writes what a child predicted, many rows a transaction; what was predicted before is replaced.</summary>
internal sealed class PredictionWriter(IDbContextFactory<AppDbContext> databases)
{
    private const int RowsPerTransaction = 5000;

    // The join leaves out a photo that was deleted while it was predicted.
    private const string Upsert =
        """
        INSERT INTO Predictions (RunId, SampleId, Split, PredictedClassId, Confidence, Probabilities)
        SELECT $run, Id, $split, $class, $confidence, $probabilities FROM Samples WHERE Id = $sample
        ON CONFLICT (RunId, SampleId) DO UPDATE SET
            Split = excluded.Split, PredictedClassId = excluded.PredictedClassId, Confidence = excluded.Confidence, Probabilities = excluded.Probabilities
        """;

    /// <param name="classNames">In the order of the scores' probabilities.</param>
    /// <param name="splits">The split of each photo when it was predicted.</param>
    /// <returns>The scores of photos that could not be read.</returns>
    /// <exception cref="UserException">The model's classes are not those of the data set.</exception>
    public async Task<IReadOnlyList<ScoreLine>> WriteAsync(
        Run run, IReadOnlyList<string> classNames, IReadOnlyDictionary<long, Split?> splits, IEnumerable<ScoreLine> scores, CancellationToken cancellation)
    {
        var classes = await ClassesAsync(run, classNames, cancellation);
        var unreadable = new List<ScoreLine>();
        foreach (var chunk in scores.Chunk(RowsPerTransaction))
        {
            unreadable.AddRange(chunk.Where(s => s.Probabilities is null));
            await WriteChunkAsync(run.Id, classes, splits, chunk.Where(s => s.Probabilities is not null), cancellation);
        }

        return unreadable;
    }

    private async Task WriteChunkAsync(
        long runId, ClassOrder classes, IReadOnlyDictionary<long, Split?> splits, IEnumerable<ScoreLine> scores, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var connection = (SqliteConnection)database.Database.GetDbConnection();
        await connection.OpenAsync(cancellation);
        await using var transaction = (SqliteTransaction)await connection.BeginTransactionAsync(IsolationLevel.Serializable, cancellation);
        await using var command = new SqliteCommand(Upsert, connection, transaction);
        command.Parameters.AddWithValue("$run", runId);
        var (sample, split, predicted) = (command.Parameters.Add("$sample", SqliteType.Integer), command.Parameters.Add("$split", SqliteType.Integer), command.Parameters.Add("$class", SqliteType.Integer));
        var (confidence, probabilities) = (command.Parameters.Add("$confidence", SqliteType.Real), command.Parameters.Add("$probabilities", SqliteType.Text));
        foreach (var score in scores)
        {
            var ordered = classes.Reorder(score.Probabilities!);
            var best = ordered.Index().MaxBy(p => p.Item);
            sample.Value = score.Id;
            split.Value = splits[score.Id] is { } s ? (int)s : DBNull.Value;
            predicted.Value = classes.Ids[best.Index];
            confidence.Value = best.Item;
            probabilities.Value = JsonSerializer.Serialize(ordered);
            await command.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    private async Task<ClassOrder> ClassesAsync(Run run, IReadOnlyList<string> classNames, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var classes = await database.LabelClasses.AsNoTracking().Where(c => c.DatasetId == run.DatasetId).OrderBy(c => c.Index).ToListAsync(cancellation);
        var places = classes.Select(c => classNames.ToList().FindIndex(n => n.Equals(c.Name, StringComparison.OrdinalIgnoreCase))).ToList();
        if (classNames.Count != classes.Count || places.Contains(-1))
            throw new UserException($"The model knows {string.Join(", ", classNames)}, the data set {string.Join(", ", classes.Select(c => c.Name))}. Train a new run.");
        return new([.. classes.Select(c => c.Id)], places);
    }

    /// <param name="Ids">The data set's class ids in the order of their numbers.</param>
    /// <param name="Places">Where each of them is among the model's classes.</param>
    private sealed record ClassOrder(IReadOnlyList<long> Ids, IReadOnlyList<int> Places)
    {
        public double[] Reorder(double[] ofModel) => [.. Places.Select(place => ofModel[place])];
    }
}
