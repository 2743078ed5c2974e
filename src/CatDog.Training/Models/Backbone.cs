using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CatDog.Training.Models;

/// <summary>
/// A network in two parts: features, and a head that makes class scores of them. Its state dict has torchvision's keys and shapes.
/// Source of the architectures: torchvision's models (BSD-3-Clause).
/// </summary>
public abstract class Backbone(string name) : Module<Tensor, Tensor>(name)
{
    /// <summary>What every key of the head begins with, such as <c>classifier.6.</c>.</summary>
    public abstract string HeadPrefix { get; }

    /// <summary>What this network expects to be done to a photo.</summary>
    public virtual Preprocessing Preprocessing => Preprocessing.ImageNet;

    /// <param name="images">N × 3 × height × width, normalised.</param>
    /// <returns>N × features.</returns>
    public abstract Tensor ForwardFeatures(Tensor images);

    /// <param name="features">N × features.</param>
    /// <returns>N × classes, not normalised (logits).</returns>
    public abstract Tensor ForwardHead(Tensor features);

    public sealed override Tensor forward(Tensor images)
    {
        using var features = ForwardFeatures(images);
        return ForwardHead(features);
    }

    /// <summary>Makes a network with new random weights, drawn from Torch's generator.</summary>
    /// <exception cref="TrainingException">There is no backbone of this name.</exception>
    public static Backbone Create(string name, int classes) => name switch
    {
        "small_cnn" => new SmallCnn(classes),
        "mobilenet_v2" => new MobileNetV2(classes),
        "resnet18" => ResNet.Create18(classes),
        "resnet50" => ResNet.Create50(classes),
        "vgg16" => new Vgg16(classes),
        _ => throw new TrainingException($"'{name}' is not a backbone. Choose one of {string.Join(", ", Backbones.Names)}."),
    };

    /// <summary>As torchvision begins a convolution that a ReLU follows.</summary>
    private protected static void InitializeConvolutions(Module network)
    {
        foreach (var convolution in network.modules().OfType<TorchSharp.Modules.Conv2d>())
        {
            init.kaiming_normal_(convolution.weight, mode: init.FanInOut.FanOut, nonlinearity: init.NonlinearityType.ReLU);
            if (convolution.bias is { } bias) init.zeros_(bias);
        }
    }

    private protected static void InitializeLinears(Module network, double deviation)
    {
        foreach (var linear in network.modules().OfType<TorchSharp.Modules.Linear>())
        {
            init.normal_(linear.weight, 0, deviation);
            init.zeros_(linear.bias!);
        }
    }
}
