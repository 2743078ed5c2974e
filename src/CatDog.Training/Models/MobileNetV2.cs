using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CatDog.Training.Models;

/// <summary>MobileNetV2, width 1, with torchvision's keys.</summary>
public sealed class MobileNetV2 : Backbone
{
    private readonly Sequential _features;
    private readonly Sequential _classifier;

    public MobileNetV2(int classes) : base("mobilenet_v2")
    {
        var layers = new List<Module<Tensor, Tensor>> { ConvolutionNormActivation(3, 32, 3, stride: 2) };
        var channels = 32;
        foreach (var (expansion, width, repeats, firstStride) in ((int, int, int, int)[])
            [(1, 16, 1, 1), (6, 24, 2, 2), (6, 32, 3, 2), (6, 64, 4, 2), (6, 96, 3, 1), (6, 160, 3, 2), (6, 320, 1, 1)])
        {
            for (var i = 0; i < repeats; i++)
            {
                layers.Add(new InvertedResidual(channels, width, i == 0 ? firstStride : 1, expansion));
                channels = width;
            }
        }

        layers.Add(ConvolutionNormActivation(channels, 1280, 1));
        _features = Sequential([.. layers]);
        _classifier = Sequential(Dropout(0.2), Linear(1280, classes));
        register_module("features", _features);
        register_module("classifier", _classifier);
        InitializeConvolutions(this);
        InitializeLinears(this, 0.01);
    }

    public override string HeadPrefix => "classifier.1.";

    public override Tensor ForwardFeatures(Tensor images)
    {
        using var maps = _features.forward(images);
        return maps.mean([2, 3]);
    }

    public override Tensor ForwardHead(Tensor features) => _classifier.forward(features);

    private static Sequential ConvolutionNormActivation(int channels, int width, int kernel, int stride = 1, int groups = 1) => Sequential(
        Conv2d(channels, width, kernel, stride: stride, padding: (kernel - 1) / 2, groups: groups, bias: false),
        BatchNorm2d(width),
        ReLU6(inplace: true));

    private sealed class InvertedResidual : Module<Tensor, Tensor>
    {
        private readonly Sequential _convolutions;
        private readonly bool _residual;

        public InvertedResidual(int channels, int width, int stride, int expansion) : base(nameof(InvertedResidual))
        {
            var hidden = channels * expansion;
            _residual = stride == 1 && channels == width;
            List<Module<Tensor, Tensor>> layers = expansion == 1 ? [] : [ConvolutionNormActivation(channels, hidden, 1)];
            layers.AddRange(
                [ConvolutionNormActivation(hidden, hidden, 3, stride, groups: hidden), Conv2d(hidden, width, 1, bias: false), BatchNorm2d(width)]);
            _convolutions = Sequential([.. layers]);
            register_module("conv", _convolutions);
        }

        public override Tensor forward(Tensor input)
        {
            var output = _convolutions.forward(input);
            return _residual ? output.add_(input) : output;
        }
    }
}
