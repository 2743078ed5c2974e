using CatDog.Training;

namespace CatDog.Web.Features.Runs;

/// <param name="At">Epochs done: 1.5 is the middle of the second epoch.</param>
public sealed record BatchPoint(double At, double Loss, double Accuracy);

/// <summary>The batches of a run as at most <see cref="MaximumPoints"/> points: each is the mean of ever more batches.</summary>
internal sealed class BatchCurve
{
    public const int MaximumPoints = 300;

    private readonly List<BatchPoint> _points = [];
    private readonly List<BatchPoint> _waiting = [];
    private int _batchesPerPoint = 1;

    public IReadOnlyList<BatchPoint> Points => _points;

    public void Add(BatchFinished batch)
    {
        _waiting.Add(new(batch.Epoch - 1 + ((double)batch.Batch / Math.Max(1, batch.Batches)), batch.Loss, batch.Accuracy));
        if (_waiting.Count < _batchesPerPoint) return;
        _points.Add(Mean(_waiting));
        _waiting.Clear();
        if (_points.Count > MaximumPoints) Thin();
    }

    /// <summary>Forgets what came after the end of an epoch.</summary>
    public void RemoveAfter(int epoch)
    {
        _points.RemoveAll(p => p.At > epoch);
        _waiting.Clear();
    }

    public BatchCurve Copy()
    {
        var copy = new BatchCurve { _batchesPerPoint = _batchesPerPoint };
        copy._points.AddRange(_points);
        copy._waiting.AddRange(_waiting);
        return copy;
    }

    private void Thin()
    {
        var halved = _points.Chunk(2).Select(Mean).ToList();
        _points.Clear();
        _points.AddRange(halved);
        _batchesPerPoint *= 2;
    }

    private static BatchPoint Mean(IReadOnlyCollection<BatchPoint> points) =>
        new(points.Average(p => p.At), points.Average(p => p.Loss), points.Average(p => p.Accuracy));
}
