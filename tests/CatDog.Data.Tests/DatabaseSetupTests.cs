using Microsoft.EntityFrameworkCore;

namespace CatDog.Data.Tests;

public sealed class DatabaseSetupTests
{
    [Fact]
    public async Task A_new_database_keeps_a_write_ahead_log_so_that_readers_and_a_writer_do_not_block_each_other()
    {
        var folder = Directory.CreateTempSubdirectory("catdog-test-").FullName;
        try
        {
            var options = new DbContextOptionsBuilder<AppDbContext>();
            options.UseDataFolder(folder);
            await using var database = new AppDbContext(options.Options);

            await DatabaseSetup.MigrateAsync(database);

            Assert.Equal("wal", await database.Database.SqlQueryRaw<string>("SELECT journal_mode AS Value FROM pragma_journal_mode").SingleAsync());
        }
        finally
        {
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }
}
