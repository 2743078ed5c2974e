using System.Threading.Channels;
using CatDog.Data;
using CatDog.Data.Datasets;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>
/// Runs one import: a reader walks the source, a few workers read photos, one writer commits them in order. Interrupted at any
/// moment, it can be run again: what is committed is recognised and not read again.
/// </summary>
internal sealed class Importer(
    IDbContextFactory<AppDbContext> databases, PhotoIntake intake, SeenFiles seenFiles, SampleLocations locations, NearDuplicates nearDuplicates, ImportFeed feed, TimeProvider clock)
{
    private const int BatchSize = 200;
    private const int ChunkSize = 256;
    private static readonly int Workers = Math.Clamp(Environment.ProcessorCount, 1, 8);
    private static readonly TimeSpan LongestBatch = TimeSpan.FromMilliseconds(400);

    /// <exception cref="UserException">The source as a whole cannot be used.</exception>
    public async Task RunAsync(long importId, CancellationToken cancellation)
    {
        var (import, classes) = await BeginAsync(importId, cancellation);
        try
        {
            var request = ImportRequest.FromJson(import.Request);
            using var source = PhotoSource.Open(request, classes);
            var labels = LabelReader.For(request, source, classes);
            var entries = source.Enumerate().Where(entry => !labels.Uses(entry));
            var meter = new ProgressMeter(clock, await Task.Run(entries.Count, cancellation));
            feed.Publish(importId, meter.Read(ImportStatus.Running));
            await ReadAndWriteAsync(import, entries, labels, meter, cancellation);
            if (meter.Imported > 0) await nearDuplicates.GroupAsync(import.DatasetId, cancellation);
        }
        finally
        {
            feed.Remove(importId);
        }
    }

    /// <summary>Counts start anew: what an interrupted import had brought is found again as its own.</summary>
    private async Task<(Import Import, ClassNames Classes)> BeginAsync(long importId, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var import = await database.Imports.SingleAsync(i => i.Id == importId, cancellation);
        import.Status = ImportStatus.Running;
        import.StartedAt ??= clock.GetUtcNow().UtcDateTime;
        (import.Found, import.Imported, import.Duplicates, import.Skipped) = (0, 0, 0, 0);
        await database.SaveChangesAsync(cancellation);
        await database.ImportProblems.Where(p => p.ImportId == importId).ExecuteDeleteAsync(cancellation);
        return (import, new ClassNames(await database.LabelClasses.AsNoTracking().Where(c => c.DatasetId == import.DatasetId).OrderBy(c => c.Index).ToListAsync(cancellation)));
    }

    private async Task ReadAndWriteAsync(Import import, IEnumerable<SourceEntry> entries, LabelReader labels, ProgressMeter meter, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var outcomes = Channel.CreateBounded<Task<Outcome>>(Workers * 8);
        var reading = Task.Run(() => ReadAsync(import, entries, labels, outcomes.Writer, stop.Token), CancellationToken.None);
        try
        {
            await WriteAsync(import, outcomes.Reader, meter, cancellation);
        }
        finally
        {
            // The source is closed next: nobody may read from it any more.
            await stop.CancelAsync();
            await reading;
        }
    }

    /// <summary>Never throws: what goes wrong reaches the writer through the channel.</summary>
    private async Task ReadAsync(Import import, IEnumerable<SourceEntry> entries, LabelReader labels, ChannelWriter<Task<Outcome>> outcomes, CancellationToken cancellation)
    {
        using var slots = new SemaphoreSlim(Workers);
        Exception? failure = null;
        try
        {
            foreach (var chunk in entries.Chunk(ChunkSize))
            {
                var seen = await seenFiles.FindAsync(import, chunk, cancellation);
                foreach (var entry in chunk)
                {
                    var (classId, remark) = labels.Read(entry);
                    var outcome = seen.TryGetValue(entry.Origin, out var known) ? Task.FromResult<Outcome>(known) : await StartAsync(import.DatasetId, entry, slots, cancellation);
                    await outcomes.WriteAsync(WithLabelAsync(outcome, classId, remark), cancellation);
                }
            }
        }
        catch (Exception e)
        {
            failure = e;
        }

        for (var i = 0; i < Workers; i++) await slots.WaitAsync(CancellationToken.None);
        outcomes.Complete(failure);
    }

    /// <summary>Waits until a worker is free, then has it read the file.</summary>
    private async Task<Task<Outcome>> StartAsync(long datasetId, SourceEntry entry, SemaphoreSlim slots, CancellationToken cancellation)
    {
        await slots.WaitAsync(cancellation);
        return Task.Run(
            async () =>
            {
                try
                {
                    return await intake.TakeAsync(datasetId, entry, cancellation);
                }
                finally
                {
                    slots.Release();
                }
            },
            CancellationToken.None);
    }

    private static async Task<Outcome> WithLabelAsync(Task<Outcome> outcome, long? classId, string? remark) =>
        await outcome with { ClassId = classId, Remark = remark };

    private async Task WriteAsync(Import import, ChannelReader<Task<Outcome>> outcomes, ProgressMeter meter, CancellationToken cancellation)
    {
        var writer = new ImportWriter(databases, import, locations, meter, clock);
        var batch = new List<Outcome>(BatchSize);
        var since = clock.GetTimestamp();
        await foreach (var outcome in outcomes.ReadAllAsync(cancellation))
        {
            batch.Add(await outcome);
            if (batch.Count >= BatchSize || clock.GetElapsedTime(since) > LongestBatch) await FlushAsync();
        }

        meter.Complete(batch.Count);
        await FlushAsync();

        async Task FlushAsync()
        {
            await writer.WriteAsync(batch, cancellation);
            batch.Clear();
            since = clock.GetTimestamp();
            feed.Publish(import.Id, meter.Read(ImportStatus.Running));
        }
    }
}
