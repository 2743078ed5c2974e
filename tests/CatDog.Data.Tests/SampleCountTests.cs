using CatDog.Data.Datasets;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Data.Tests;

public sealed class SampleCountTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("catdog-test-").FullName;

    [Fact]
    public async Task Counts_follow_every_change_of_label_and_split()
    {
        await using var database = await OpenAsync();
        var dataset = new Dataset { Name = "pets", Classes = { new() { Name = "cat", Index = 0 }, new() { Name = "dog", Index = 1 } } };
        database.Add(dataset);
        await database.SaveChangesAsync();
        var samples = Enumerable.Range(0, 6).Select(i => NewSample(dataset.Id, i)).ToList();
        database.AddRange(samples);
        await database.SaveChangesAsync();

        samples[0].LabelClassId = dataset.Classes[0].Id;
        samples[1].LabelClassId = dataset.Classes[1].Id;
        samples[1].Split = Split.Val;
        database.Remove(samples[5]);
        await database.SaveChangesAsync();
        samples[0].LabelClassId = dataset.Classes[1].Id;
        await database.SaveChangesAsync();

        var counts = await database.SampleCounts.Where(c => c.Count > 0).ToDictionaryAsync(c => (c.LabelClassId, c.Split), c => c.Count);
        Assert.Equal(
            new Dictionary<(long, int), long> { [(0, -1)] = 3, [(dataset.Classes[1].Id, -1)] = 1, [(dataset.Classes[1].Id, (int)Split.Val)] = 1 },
            counts);
    }

    [Fact]
    public async Task A_migration_lock_left_by_a_killed_process_does_not_stop_the_next_start()
    {
        await using (var database = await OpenAsync())
            await database.Database.ExecuteSqlRawAsync("INSERT INTO \"__EFMigrationsLock\" (Id, Timestamp) VALUES (1, '2020-01-01')");

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        await using var again = await OpenAsync(limit.Token);

        Assert.Empty(await again.Database.GetPendingMigrationsAsync());
    }

    public ValueTask DisposeAsync()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(_folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private static Sample NewSample(long datasetId, int i) => new()
    {
        DatasetId = datasetId,
        FileName = $"{i}.jpg",
        Path = $"{i}.jpg",
        Location = $"/photos/{i}.jpg",
        Sha256 = $"{i:d64}",
        MediaType = "image/jpeg",
        Width = 4,
        Height = 3,
    };

    private async Task<AppDbContext> OpenAsync(CancellationToken cancellation = default)
    {
        var database = new AppDbContext((DbContextOptions<AppDbContext>)new DbContextOptionsBuilder<AppDbContext>().UseDataFolder(_folder).Options);
        await DatabaseSetup.MigrateAsync(database, cancellation);
        return database;
    }
}
