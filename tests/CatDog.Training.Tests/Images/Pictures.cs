using CatDog.Training.Images;
using SkiaSharp;

namespace CatDog.Training.Tests.Images;

/// <summary>Small pictures made by the tests, and how alike two are.</summary>
internal static class Pictures
{
    /// <summary>Four different quarters, so that every turning and mirroring shows: red, green / blue, white.</summary>
    public static SKBitmap Quarters(int width = 64, int height = 48)
    {
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint();
        canvas.Clear(SKColors.White);
        foreach (var (x, y, color) in new[] { (0, 0, SKColors.Red), (1, 0, SKColors.Lime), (0, 1, SKColors.Blue) })
        {
            paint.Color = color;
            canvas.DrawRect(x * width / 2, y * height / 2, width / 2, height / 2, paint);
        }

        return bitmap;
    }

    /// <summary>A busy picture that depends on the seed.</summary>
    public static SKBitmap Scene(int seed, int width = 240, int height = 180)
    {
        var random = new Random(seed);
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint { IsAntialias = true };
        for (var i = 0; i < 30; i++)
        {
            paint.Color = new SKColor((uint)random.Next() | 0xff000000);
            canvas.DrawOval(random.Next(width), random.Next(height), random.Next(8, Math.Max(9, width / 2)), random.Next(8, Math.Max(9, height / 2)), paint);
        }

        return bitmap;
    }

    public static byte[] Encode(SKBitmap bitmap, SKEncodedImageFormat format = SKEncodedImageFormat.Jpeg, int quality = 92)
    {
        using var encoded = bitmap.Encode(format, quality);
        return encoded!.ToArray();
    }

    public static DecodedImage Decoded(SKBitmap bitmap) => new(bitmap.Width, bitmap.Height, bitmap.GetPixelSpan().ToArray());

    public static DecodedImage Small(DecodedImage image) => ImageResizer.Resize(image, 48, 32);

    public static DecodedImage Grey(DecodedImage image)
    {
        var rgba = image.Rgba.ToArray();
        for (var i = 0; i < rgba.Length; i += 4)
        {
            var grey = (byte)((0.299 * rgba[i]) + (0.587 * rgba[i + 1]) + (0.114 * rgba[i + 2]));
            (rgba[i], rgba[i + 1], rgba[i + 2]) = (grey, grey, grey);
        }

        return image with { Rgba = rgba };
    }

    /// <summary>The mean difference of two channels' values, 0 to 255.</summary>
    public static double Difference(DecodedImage a, DecodedImage b)
    {
        Assert.Equal((a.Width, a.Height), (b.Width, b.Height));
        return a.Rgba.Zip(b.Rgba, (x, y) => Math.Abs(x - y)).Sum() / (a.Rgba.Length * 0.75);
    }

    public static (byte R, byte G, byte B) At(DecodedImage image, double x, double y)
    {
        var i = 4 * (((int)(y * image.Height) * image.Width) + (int)(x * image.Width));
        return (image.Rgba[i], image.Rgba[i + 1], image.Rgba[i + 2]);
    }
}
