using CatDog.Training.Images;
using CatDog.Training.Models;

namespace CatDog.Training.Loading;

/// <summary>Photo files to the numbers that a network sees.</summary>
internal sealed class PhotoLoader(Preprocessing preprocessing)
{
    private readonly float[][] _tables = [.. Enumerable.Range(0, 3).Select(c => Table(preprocessing.Mean[c], preprocessing.Deviation[c]))];

    /// <summary>The side of the square picture, in pixels.</summary>
    public int Side => preprocessing.Crop;

    /// <summary>How many numbers a picture has.</summary>
    public int PictureLength => 3 * Side * Side;

    /// <summary>Reads, resizes and crops a photo.</summary>
    /// <returns>3 × side × side bytes: all of red, then green, then blue.</returns>
    /// <exception cref="ImageException">The file is no usable picture.</exception>
    public byte[] Load(string path) => Crop(ImageDecoder.Decode(File.ReadAllBytes(path), preprocessing.ResizeShorterSide));

    public byte[] Load(ReadOnlySpan<byte> file) => Crop(ImageDecoder.Decode(file, preprocessing.ResizeShorterSide));

    /// <summary>Takes the mean off each pixel and divides by the deviation; mirrored left to right where asked.</summary>
    public void Normalize(ReadOnlySpan<byte> picture, bool flip, Span<float> target)
    {
        for (var row = 0; row < 3 * Side; row++)
        {
            var table = _tables[row / Side];
            var from = picture.Slice(row * Side, Side);
            var to = target.Slice(row * Side, Side);
            if (flip)
                for (var x = 0; x < to.Length; x++) to[x] = table[from[^(x + 1)]];
            else
                for (var x = 0; x < to.Length; x++) to[x] = table[from[x]];
        }
    }

    private byte[] Crop(DecodedImage photo)
    {
        var resized = ImageResizer.ResizeShorterSide(photo, preprocessing.ResizeShorterSide);
        var left = (int)Math.Round((resized.Width - Side) / 2.0);
        var top = (int)Math.Round((resized.Height - Side) / 2.0);
        var planes = new byte[PictureLength];
        var plane = Side * Side;
        for (var y = 0; y < Side; y++)
        {
            var row = resized.Rgba.AsSpan(4 * ((top + y) * resized.Width + left), 4 * Side);
            for (var x = 0; x < Side; x++)
            {
                var to = y * Side + x;
                planes[to] = row[4 * x];
                planes[plane + to] = row[4 * x + 1];
                planes[2 * plane + to] = row[4 * x + 2];
            }
        }

        return planes;
    }

    private static float[] Table(float mean, float deviation) => [.. Enumerable.Range(0, 256).Select(value => (value / 255f - mean) / deviation)];
}
