using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Data;

/// <summary>How the database is opened and brought up to date.</summary>
public static class DatabaseSetup
{
    /// <summary>Points a context at the SQLite file <c>catdog.db</c> in a data folder.</summary>
    /// <remarks>SQLite's own default, <c>synchronous=FULL</c>, is kept: a committed label must survive a power cut.</remarks>
    public static DbContextOptionsBuilder UseDataFolder(this DbContextOptionsBuilder builder, string folder) =>
        builder.UseSqlite(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, "catdog.db") }.ToString());

    /// <summary>Applies the migrations that are missing.</summary>
    /// <remarks>
    /// The caller holds the data folder's lock, so nobody else can be migrating: a row in EF's lock table was left by a
    /// process that was killed, and would make the migration wait for ever.
    /// </remarks>
    public static async Task MigrateAsync(AppDbContext database, CancellationToken cancellation = default)
    {
        // EF turns the write-ahead log on only for a file that it creates itself, and looking for the lock table creates it. Without the log a
        // reader makes a commit fail with "database is locked", and at once: the provider does not retry a commit that a RETURNING ends.
        await database.Database.ExecuteSqlRawAsync("PRAGMA journal_mode = WAL", cancellation);
        if (await HasLockTableAsync(database, cancellation))
            await database.Database.ExecuteSqlRawAsync("DELETE FROM \"__EFMigrationsLock\"", cancellation);
        await database.Database.MigrateAsync(cancellation);
    }

    private static async Task<bool> HasLockTableAsync(AppDbContext database, CancellationToken cancellation) =>
        await database.Database
            .SqlQueryRaw<int>("SELECT COUNT(*) AS Value FROM sqlite_master WHERE name = '__EFMigrationsLock'")
            .SingleAsync(cancellation) > 0;
}
