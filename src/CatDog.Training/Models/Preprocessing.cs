namespace CatDog.Training.Models;

/// <summary>What is done to a photo before a network sees it. It belongs to the network's weights and is kept with them.</summary>
/// <param name="ResizeShorterSide">In pixels; the longer side follows.</param>
/// <param name="Crop">The side of the square cut from the middle, in pixels.</param>
/// <param name="Mean">Of red, green and blue in 0..1, taken off each pixel.</param>
/// <param name="Deviation">Of red, green and blue, by which each pixel is then divided.</param>
public sealed record Preprocessing(int ResizeShorterSide, int Crop, IReadOnlyList<float> Mean, IReadOnlyList<float> Deviation)
{
    /// <summary>What torchvision's ImageNet weights were trained with.</summary>
    public static Preprocessing ImageNet { get; } = new(256, 224, [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <summary>Small and plain, for nets trained from nothing.</summary>
    public static Preprocessing Small { get; } = new(96, 96, [0.5f, 0.5f, 0.5f], [0.25f, 0.25f, 0.25f]);
}
