using SkiaSharp;

namespace CatDog.Training.Images;

/// <summary>Small JPEGs for lists.</summary>
public static class Thumbnail
{
    private const int Quality = 82;

    /// <summary>Encodes a picture as a JPEG whose longer side is at most this many pixels; a smaller picture keeps its size.</summary>
    public static unsafe byte[] Encode(DecodedImage image, int longerSide = 256)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(longerSide, 1);
        var scale = Math.Min(1, (double)longerSide / Math.Max(image.Width, image.Height));
        var small = ImageResizer.Resize(image, SideOf(image.Width), SideOf(image.Height));
        fixed (byte* pixels = small.Rgba)
        {
            using var map = new SKPixmap(new(small.Width, small.Height, SKColorType.Rgba8888, SKAlphaType.Opaque), (nint)pixels);
            using var encoded = map.Encode(SKEncodedImageFormat.Jpeg, Quality) ?? throw new ImageException("The thumbnail could not be encoded.");
            return encoded.ToArray();
        }

        int SideOf(int side) => Math.Max(1, (int)Math.Round(side * scale));
    }
}
