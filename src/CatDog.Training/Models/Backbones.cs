namespace CatDog.Training.Models;

/// <summary>A network that can be trained, and what a person needs to know to choose it.</summary>
/// <param name="Name">As on the command line.</param>
/// <param name="Title">As on the page.</param>
/// <param name="Summary">One sentence: size, speed, when to choose it.</param>
/// <param name="Parameters">With a two-class head.</param>
/// <param name="NeedsWeights">Hardly learns from random weights on a small set; the page says so.</param>
public sealed record BackboneChoice(string Name, string Title, string Summary, long Parameters, bool NeedsWeights);

/// <summary>The backbones there are.</summary>
public static class Backbones
{
    public static IReadOnlyList<BackboneChoice> All { get; } =
    [
        new("small_cnn", "Small CNN", "A small net that learns from nothing: for the drawn set and a first look.", 190_290, false),
        new("mobilenet_v2", "MobileNetV2", "2.2 million parameters; the quick choice with ImageNet weights.", 2_226_434, true),
        new("resnet18", "ResNet-18", "11 million parameters; a solid middle.", 11_177_538, true),
        new("resnet50", "ResNet-50", "24 million parameters; slow on a CPU.", 23_512_130, true),
        new("vgg16", "VGG-16", "134 million parameters, as in the article; wants a GPU or patience.", 134_268_738, true),
    ];

    public static IEnumerable<string> Names => All.Select(b => b.Name);

    public static BackboneChoice? Find(string name) => All.FirstOrDefault(b => b.Name == name);
}
