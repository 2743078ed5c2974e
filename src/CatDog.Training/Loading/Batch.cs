using System.Runtime.InteropServices;
using TorchSharp;

namespace CatDog.Training.Loading;

/// <summary>Some samples for one step.</summary>
/// <param name="Number">From 1, within the epoch.</param>
/// <param name="Rows">The place of each sample in the source's list.</param>
/// <param name="Labels">The class number of each sample.</param>
/// <param name="Inputs">Makes the network's input on a device, N × …; called on the thread that trains, inside its scope.</param>
/// <param name="Unreadable">Photos that were passed over, each with the reason.</param>
internal sealed record Batch(
    int Number,
    IReadOnlyList<int> Rows,
    long[] Labels,
    Func<torch.Device, torch.Tensor> Inputs,
    IReadOnlyList<(int Row, string Path, string Reason)> Unreadable)
{
    public int Count => Rows.Count;

    /// <summary>A tensor with these numbers, in one copy.</summary>
    public static torch.Tensor ToTensor(ReadOnlySpan<float> numbers, long[] shape, torch.Device device)
    {
        var tensor = torch.empty(shape);
        numbers.CopyTo(MemoryMarshal.Cast<byte, float>(tensor.bytes));
        return tensor.to(device);
    }
}

/// <summary>Where batches come from.</summary>
internal interface IBatchSource
{
    int SampleCount { get; }

    int BatchCount { get; }

    /// <summary>The batches of an epoch, the same whenever it is asked again.</summary>
    IEnumerable<Batch> Epoch(int epoch);

    /// <summary>Class scores of a batch's inputs.</summary>
    torch.Tensor Forward(torch.Tensor inputs);
}
