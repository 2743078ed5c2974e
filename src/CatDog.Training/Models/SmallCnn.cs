using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CatDog.Training.Models;

/// <summary>Five small convolutions on a 96-pixel picture: learns a simple set from nothing, in a minute or two on a CPU.</summary>
public sealed class SmallCnn : Backbone
{
    /// <summary>
    /// Batch norm takes the scale of a convolution's weights away, so beginning small only makes each step turn them further:
    /// at the usual learning rate of 0.001 the net learns in a few epochs, and no choice of rate is asked of a beginner.
    /// </summary>
    private const double WeightScale = 0.2;

    private readonly Sequential _features;
    private readonly Sequential _classifier;

    public SmallCnn(int classes) : base("small_cnn")
    {
        _features = Sequential([.. Layers([16, 32, 64, 96, 128])]);
        _classifier = Sequential(Dropout(0.1), Linear(128, classes));
        register_module("features", _features);
        register_module("classifier", _classifier);
        InitializeConvolutions(this);
        using var _ = no_grad();
        foreach (var convolution in modules().OfType<Conv2d>()) convolution.weight.mul_(WeightScale);
    }

    public override string HeadPrefix => "classifier.1.";

    public override Preprocessing Preprocessing => Preprocessing.Small;

    public override Tensor ForwardFeatures(Tensor images)
    {
        using var maps = _features.forward(images);
        return maps.mean([2, 3]);
    }

    public override Tensor ForwardHead(Tensor features) => _classifier.forward(features);

    private static IEnumerable<Module<Tensor, Tensor>> Layers(int[] widths)
    {
        var channels = 3;
        foreach (var width in widths)
        {
            yield return Conv2d(channels, width, 3, padding: 1, bias: false);
            yield return BatchNorm2d(width);
            yield return ReLU(inplace: true);
            if (width != widths[^1]) yield return MaxPool2d(2, 2);
            channels = width;
        }
    }
}
