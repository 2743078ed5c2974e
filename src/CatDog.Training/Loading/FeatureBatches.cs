using System.Runtime.InteropServices;
using CatDog.Training.Models;
using TorchSharp;

namespace CatDog.Training.Loading;

/// <summary>
/// Batches of features that a frozen backbone made once of each photo, so that a head's epoch takes milliseconds.
/// </summary>
internal sealed class FeatureBatches(Backbone network, BatchOrder order) : IBatchSource
{
    private readonly List<int> _labels = [];
    private readonly List<float[]> _plain = [];
    private readonly List<float[]> _flipped = [];

    public int SampleCount => _labels.Count;

    public int BatchCount => order.BatchCount(_labels.Count);

    /// <summary>Computes the features of every photo, and of its mirror image where asked; gives each batch when its features are there.</summary>
    public IEnumerable<Batch> Compute(PhotoBatches photos, bool flip, torch.Device device)
    {
        network.eval();
        foreach (var batch in photos.Epoch(0))
        {
            if (batch.Count > 0) Add(photos, batch, flip, device);
            yield return batch;
        }
    }

    public IEnumerable<Batch> Epoch(int epoch) => order.Batches(SampleCount, epoch).Select((rows, i) => Gather(i + 1, rows, epoch));

    public torch.Tensor Forward(torch.Tensor inputs) => network.ForwardHead(inputs);

    private Batch Gather(int number, int[] rows, int epoch)
    {
        var length = _plain[0].Length;
        var numbers = new float[rows.Length * length];
        for (var i = 0; i < rows.Length; i++)
            (order.IsFlipped(epoch, rows[i]) ? _flipped : _plain)[rows[i]].CopyTo(numbers.AsSpan(i * length));
        return new(number, rows, [.. rows.Select(row => (long)_labels[row])], device => Batch.ToTensor(numbers, [rows.Length, length], device), []);
    }

    private void Add(PhotoBatches photos, Batch batch, bool flip, torch.Device device)
    {
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.inference_mode();
        var inputs = batch.Inputs(device);
        _plain.AddRange(Rows(photos.ForwardFeatures(inputs)));
        if (flip) _flipped.AddRange(Rows(photos.ForwardFeatures(inputs.flip(3))));
        _labels.AddRange(batch.Labels.Select(label => (int)label));
    }

    private static float[][] Rows(torch.Tensor features)
    {
        var numbers = MemoryMarshal.Cast<byte, float>(features.cpu().contiguous().bytes);
        return [.. numbers.ToArray().Chunk((int)features.shape[1])];
    }
}
