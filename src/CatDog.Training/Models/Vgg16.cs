using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CatDog.Training.Models;

/// <summary>VGG-16 (configuration D, no batch norm), with torchvision's keys.</summary>
public sealed class Vgg16 : Backbone
{
    private readonly Sequential _features = Features();
    private readonly AdaptiveAvgPool2d _pool = AdaptiveAvgPool2d(7);
    private readonly Sequential _classifier;
    private readonly Dropout _lastDropout = Dropout(0.5);
    private readonly Linear _last;

    public Vgg16(int classes) : base("vgg16")
    {
        _last = Linear(4096, classes);
        _classifier = Sequential(
            Linear(512 * 7 * 7, 4096), ReLU(inplace: true), Dropout(0.5),
            Linear(4096, 4096), ReLU(inplace: true), _lastDropout,
            _last);
        register_module("features", _features);
        register_module("classifier", _classifier);
        InitializeConvolutions(this);
        InitializeLinears(this, 0.01);
    }

    public override string HeadPrefix => "classifier.6.";

    public override Tensor ForwardFeatures(Tensor images)
    {
        using var maps = _features.forward(images);
        using var pooled = _pool.forward(maps);
        var hidden = pooled.flatten(1);
        // The dropout before the last layer is the head's, so that cached features can be dropped anew in every epoch.
        for (var i = 0; i < 5; i++) hidden = Apply(_classifier[i], hidden);
        return hidden;
    }

    public override Tensor ForwardHead(Tensor features)
    {
        using var dropped = _lastDropout.forward(features);
        return _last.forward(dropped);
    }

    private static Tensor Apply(IModule<Tensor, Tensor> layer, Tensor input)
    {
        using (input) return layer.call(input);
    }

    private static Sequential Features()
    {
        var layers = new List<Module<Tensor, Tensor>>();
        var channels = 3;
        foreach (var width in (int[])[64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0])
        {
            if (width == 0)
            {
                layers.Add(MaxPool2d(2, 2));
                continue;
            }

            layers.AddRange([Conv2d(channels, width, 3, padding: 1), ReLU(inplace: true)]);
            channels = width;
        }

        return Sequential([.. layers]);
    }
}
