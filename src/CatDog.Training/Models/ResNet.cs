using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CatDog.Training.Models;

/// <summary>ResNet (version 1.5: a bottleneck strides in its 3 × 3 convolution), with torchvision's keys.</summary>
public sealed class ResNet : Backbone
{
    private readonly Conv2d _conv1 = Conv2d(3, 64, 7, stride: 2, padding: 3, bias: false);
    private readonly BatchNorm2d _bn1 = BatchNorm2d(64);
    private readonly MaxPool2d _pool = MaxPool2d(3, 2, 1);
    private readonly Sequential[] _layers;
    private readonly Linear _fc;

    private ResNet(string name, int[] repeats, bool bottleneck, int classes) : base(name)
    {
        var expansion = bottleneck ? 4 : 1;
        var channels = 64;
        _layers = [.. repeats.Select((count, i) => Stage(64 << i, count, i == 0 ? 1 : 2))];
        _fc = Linear(512 * expansion, classes);
        register_module("conv1", _conv1);
        register_module("bn1", _bn1);
        for (var i = 0; i < _layers.Length; i++) register_module($"layer{i + 1}", _layers[i]);
        register_module("fc", _fc);
        InitializeConvolutions(this);

        Sequential Stage(int width, int count, int firstStride)
        {
            var blocks = new List<Module<Tensor, Tensor>>();
            for (var i = 0; i < count; i++)
            {
                blocks.Add(new Block(channels, width, i == 0 ? firstStride : 1, bottleneck));
                channels = width * expansion;
            }

            return Sequential([.. blocks]);
        }
    }

    public override string HeadPrefix => "fc.";

    public static ResNet Create18(int classes) => new("resnet18", [2, 2, 2, 2], bottleneck: false, classes);

    public static ResNet Create50(int classes) => new("resnet50", [3, 4, 6, 3], bottleneck: true, classes);

    public override Tensor ForwardFeatures(Tensor images)
    {
        using var stem = _conv1.forward(images);
        using var normed = _bn1.forward(stem);
        var maps = _pool.forward(normed.relu_());
        foreach (var layer in _layers)
        {
            using var input = maps;
            maps = layer.forward(input);
        }

        using (maps) return maps.mean([2, 3]);
    }

    public override Tensor ForwardHead(Tensor features) => _fc.forward(features);

    private sealed class Block : Module<Tensor, Tensor>
    {
        private readonly (Conv2d Convolution, BatchNorm2d Norm)[] _steps;
        private readonly Sequential? _downsample;

        public Block(int channels, int width, int stride, bool bottleneck) : base(nameof(Block))
        {
            var outputs = bottleneck ? width * 4 : width;
            _steps = bottleneck
                ? [Step(channels, width, 1, 1), Step(width, width, 3, stride), Step(width, outputs, 1, 1)]
                : [Step(channels, width, 3, stride), Step(width, width, 3, 1)];
            for (var i = 0; i < _steps.Length; i++)
            {
                register_module($"conv{i + 1}", _steps[i].Convolution);
                register_module($"bn{i + 1}", _steps[i].Norm);
            }

            if (stride == 1 && channels == outputs) return;
            _downsample = Sequential(Conv2d(channels, outputs, 1, stride: stride, bias: false), BatchNorm2d(outputs));
            register_module("downsample", _downsample);
        }

        public override Tensor forward(Tensor input)
        {
            var maps = input.alias();
            foreach (var (convolution, norm) in _steps)
            {
                using var previous = maps;
                using var convolved = convolution.forward(previous);
                maps = norm.forward(convolved);
                // The last activation comes after the sum. An in-place operation gives back the same tensor.
                if (norm != _steps[^1].Norm) maps.relu_();
            }

            using var shortcut = _downsample?.forward(input) ?? input.alias();
            return maps.add_(shortcut).relu_();
        }

        private static (Conv2d Convolution, BatchNorm2d Norm) Step(int channels, int width, int kernel, int stride) =>
            (Conv2d(channels, width, kernel, stride: stride, padding: kernel / 2, bias: false), BatchNorm2d(width));
    }
}
