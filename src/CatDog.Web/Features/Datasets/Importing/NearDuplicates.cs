using CatDog.Data;
using CatDog.Training.Images;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>Groups the samples of a data set that look the same, such as a photo and its smaller copy.</summary>
internal sealed class NearDuplicates(IDbContextFactory<AppDbContext> databases)
{
    private const int Bands = 4;
    private const int BandBits = 64 / Bands;

    /// <summary>A group is called by its smallest sample id; a sample without a twin has none.</summary>
    public async Task GroupAsync(long datasetId, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var samples = await database.Samples.AsNoTracking().Where(s => s.DatasetId == datasetId).OrderBy(s => s.Id)
            .Select(s => new { s.Id, s.PerceptualHash, s.DuplicateGroup }).ToListAsync(cancellation);
        var groups = await Task.Run(() => Group([.. samples.Select(s => s.PerceptualHash)], cancellation), cancellation);
        var changes = samples.Select((s, i) => (s.Id, Old: s.DuplicateGroup, New: groups[i] is { } first ? samples[first].Id : (long?)null)).Where(c => c.Old != c.New);

        await database.Database.OpenConnectionAsync(cancellation);
        var connection = (SqliteConnection)database.Database.GetDbConnection();
        await using var transaction = connection.BeginTransaction();
        await using var update = connection.CreateCommand();
        (update.CommandText, update.Transaction) = ("UPDATE Samples SET DuplicateGroup = $group WHERE Id = $id", transaction);
        foreach (var change in changes)
        {
            update.Parameters.Clear();
            update.Parameters.AddWithValue("$group", (object?)change.New ?? DBNull.Value);
            update.Parameters.AddWithValue("$id", change.Id);
            await update.ExecuteNonQueryAsync(cancellation);
        }

        await transaction.CommitAsync(cancellation);
    }

    /// <summary>For each hash the first member of its group; null where it has no twin.</summary>
    /// <remarks>
    /// Two hashes at most 6 bits apart have, of four bands of 16 bits, one that differs by at most one bit: so only the
    /// hashes in 17 of 65,536 cells a band are compared, not all with all.
    /// </remarks>
    internal static int?[] Group(long[] hashes, CancellationToken cancellation = default)
    {
        var first = Enumerable.Range(0, hashes.Length).ToArray();
        for (var band = 0; band < Bands; band++)
        {
            var cells = new int[1 << BandBits];
            var next = new int[hashes.Length];
            Array.Fill(cells, -1);
            for (var i = 0; i < hashes.Length; i++)
            {
                if (!PerceptualHash.IsDistinctive(hashes[i])) continue;
                cancellation.ThrowIfCancellationRequested();
                var cell = (int)((ulong)hashes[i] >> (band * BandBits)) & 0xffff;
                JoinWith(cells[cell], i);
                for (var bit = 0; bit < BandBits; bit++) JoinWith(cells[cell ^ (1 << bit)], i);
                (next[i], cells[cell]) = (cells[cell], i);
            }

            void JoinWith(int other, int i)
            {
                for (; other >= 0; other = next[other])
                {
                    if (PerceptualHash.Distance(hashes[other], hashes[i]) <= PerceptualHash.NearDuplicateDistance) Join(other, i);
                }
            }
        }

        var sizes = new int[hashes.Length];
        for (var i = 0; i < hashes.Length; i++) sizes[FirstOf(i)]++;
        return [.. Enumerable.Range(0, hashes.Length).Select(i => sizes[FirstOf(i)] > 1 ? FirstOf(i) : (int?)null)];

        int FirstOf(int i)
        {
            while (first[i] != i) i = first[i] = first[first[i]];
            return i;
        }

        void Join(int a, int b)
        {
            (a, b) = (FirstOf(a), FirstOf(b));
            first[Math.Max(a, b)] = Math.Min(a, b);
        }
    }
}
