using SkiaSharp;

namespace CatDog.Web.Tests.Hosting;

/// <summary>Small real image files, each with its own bytes.</summary>
internal static class TestPhotos
{
    /// <summary>Writes a JPEG whose look depends on the seed; photos of different seeds are no near-duplicates.</summary>
    public static string Write(string path, int seed, int width = 96, int height = 72)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, Jpeg(seed, width, height));
        return path;
    }

    public static byte[] Jpeg(int seed, int width = 96, int height = 72)
    {
        var random = new Random(seed);
        using var bitmap = new SKBitmap(width, height);
        using var canvas = new SKCanvas(bitmap);
        using var paint = new SKPaint();
        for (var i = 0; i < 24; i++)
        {
            paint.Color = new SKColor((uint)random.Next() | 0xff000000);
            canvas.DrawRect(random.Next(width), random.Next(height), random.Next(8, width), random.Next(8, height), paint);
        }

        using var encoded = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return encoded.ToArray();
    }
}
