using CatDog.Data.Datasets;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>Counts what came of an import's entries and how fast.</summary>
internal sealed class ProgressMeter(TimeProvider clock, int found)
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private readonly Queue<(long Time, int Done)> _marks = new([(clock.GetTimestamp(), 0)]);

    public int Found { get; private set; } = found;

    public int Imported { get; private set; }

    public int Duplicates { get; private set; }

    public int Skipped { get; private set; }

    private int Done => Imported + Duplicates + Skipped;

    public void AddImported() => Imported++;

    public void AddDuplicate() => Duplicates++;

    public void AddSkipped() => Skipped++;

    /// <summary>The source may have changed since its files were counted: found is what was handled and what is left now.</summary>
    public void Complete(int left) => Found = Done + left;

    public ImportProgress Read(ImportStatus status)
    {
        var now = clock.GetTimestamp();
        if (clock.GetElapsedTime(_marks.Last().Time, now) > TimeSpan.FromMilliseconds(200)) _marks.Enqueue((now, Done));
        while (_marks.Count > 2 && clock.GetElapsedTime(_marks.Peek().Time, now) > Window) _marks.Dequeue();
        var (since, before) = _marks.Peek();
        var seconds = clock.GetElapsedTime(since, now).TotalSeconds;
        double? rate = seconds > 0.5 && Done > before ? (Done - before) / seconds : null;
        return new(status, Found, Imported, Duplicates, Skipped, rate, rate is null ? null : TimeSpan.FromSeconds(Math.Max(0, Found - Done) / rate.Value));
    }
}
