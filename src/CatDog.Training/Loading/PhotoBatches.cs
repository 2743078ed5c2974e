using CatDog.Training.Images;
using CatDog.Training.Models;
using TorchSharp;

namespace CatDog.Training.Loading;

/// <summary>In which order samples come, and which are mirrored.</summary>
/// <param name="BatchSize">Of every batch but the last.</param>
/// <param name="Seed">The run's.</param>
/// <param name="Shuffle">Anew each epoch.</param>
/// <param name="Flip">Half of the samples, drawn anew each epoch.</param>
internal sealed record BatchOrder(int BatchSize, int Seed, bool Shuffle, bool Flip)
{
    private const int OrderStream = 1, FlipStream = 2;

    public static BatchOrder AsListed(int batchSize) => new(batchSize, 0, Shuffle: false, Flip: false);

    public int BatchCount(int samples) => (samples + BatchSize - 1) / BatchSize;

    /// <summary>The samples' numbers, batch after batch.</summary>
    public int[][] Batches(int samples, int epoch)
    {
        int[] order = Shuffle ? new SeededNumbers(Seed, OrderStream, epoch).Shuffle(samples) : [.. Enumerable.Range(0, samples)];
        return [.. order.Chunk(BatchSize)];
    }

    public bool IsFlipped(int epoch, int sample) => Flip && new SeededNumbers(Seed, FlipStream, epoch, sample).Next() % 2 == 1;
}

/// <summary>Batches decoded from photo files ahead of the step that uses them.</summary>
/// <param name="network">Which takes the batches.</param>
/// <param name="preprocessing">What is done to each photo.</param>
/// <param name="paths">Of the photos.</param>
/// <param name="labels">Their class numbers.</param>
/// <param name="order">Of the samples.</param>
/// <param name="keep">Whether photos will be asked for again.</param>
internal sealed class PhotoBatches(
    Backbone network, Preprocessing preprocessing, IReadOnlyList<string> paths, IReadOnlyList<int> labels, BatchOrder order, bool keep) : IBatchSource
{
    /// <summary>Cropped photos are kept up to this many bytes, so that a small set is decoded only once.</summary>
    private const long KeptBytes = 256L << 20;

    private readonly PhotoLoader _loader = new(preprocessing);
    private readonly byte[]?[] _kept = new byte[paths.Count][];
    private long _keptBytes;

    public int SampleCount => paths.Count;

    public int BatchCount => order.BatchCount(paths.Count);

    public IEnumerable<Batch> Epoch(int epoch)
    {
        var batches = order.Batches(paths.Count, epoch);
        return Ahead.InOrder(batches.Length, i => Load(i + 1, batches[i], epoch), capacity: 3, workers: Math.Clamp(Environment.ProcessorCount - 1, 1, 4));
    }

    public torch.Tensor Forward(torch.Tensor inputs) => network.call(inputs);

    /// <summary>What the network's head takes, N × features.</summary>
    public torch.Tensor ForwardFeatures(torch.Tensor inputs) => network.ForwardFeatures(inputs);

    private Batch Load(int number, int[] rows, int epoch)
    {
        var numbers = new float[rows.Length * _loader.PictureLength];
        var loaded = new List<int>();
        var unreadable = new List<(int, string, string)>();
        foreach (var row in rows)
        {
            try
            {
                var target = numbers.AsSpan(loaded.Count * _loader.PictureLength, _loader.PictureLength);
                _loader.Normalize(Picture(row), order.IsFlipped(epoch, row), target);
                loaded.Add(row);
            }
            catch (Exception e) when (e is ImageException or IOException or UnauthorizedAccessException)
            {
                unreadable.Add((row, paths[row], e.Message));
            }
        }

        return new(number, loaded, [.. loaded.Select(row => (long)labels[row])], device => Batch.ToTensor(
            numbers.AsSpan(0, loaded.Count * _loader.PictureLength), [loaded.Count, 3, _loader.Side, _loader.Side], device), unreadable);
    }

    private byte[] Picture(int row)
    {
        if (_kept[row] is { } kept) return kept;
        var picture = _loader.Load(paths[row]);
        if (keep && Interlocked.Add(ref _keptBytes, picture.Length) <= KeptBytes) _kept[row] = picture;
        return picture;
    }
}
