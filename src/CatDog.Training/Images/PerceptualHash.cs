using System.Numerics;

namespace CatDog.Training.Images;

/// <summary>
/// 63 bits that say how a picture's brightness runs (the low frequencies of its cosine transform, each above or below their median),
/// so that a photo saved anew, resized or recompressed keeps almost all of them.
/// </summary>
public static class PerceptualHash
{
    /// <summary>
    /// Two distinctive pictures at most this far apart are near-duplicates. Of 2,000 photos, a recompressed 160-pixel copy is at most 2 from its original,
    /// one decoded at a quarter of its size at most 6, and the nearest two photos of different scenes are 12 apart.
    /// </summary>
    public const int NearDuplicateDistance = 6;

    private const int Side = 32;
    private const int Frequencies = 8;

    /// <summary>The coefficients of a picture without any contrast are rounding noise; they say nothing about it.</summary>
    private const float LeastContrast = 40;

    private static readonly float[] Cosines = CosineTable();

    /// <summary>The hash of a picture; 0 for a flat one (see <see cref="IsDistinctive"/>).</summary>
    public static long Compute(DecodedImage image)
    {
        var coefficients = LowFrequencies(Brightness(ImageResizer.Resize(image, Side, Side)));
        var ordered = coefficients[1..];
        Array.Sort(ordered, (a, b) => Math.Abs(b).CompareTo(Math.Abs(a)));
        if (Math.Abs(ordered[Frequencies]) < LeastContrast) return 0;

        Array.Sort(ordered);
        var median = ordered[ordered.Length / 2];
        var hash = 0L;
        for (var i = 1; i < coefficients.Length; i++)
        {
            if (coefficients[i] > median) hash |= 1L << i;
        }

        return hash;
    }

    /// <summary>The number of bits in which two hashes differ: 0 to 63.</summary>
    public static int Distance(long a, long b) => BitOperations.PopCount((ulong)(a ^ b));

    /// <summary>False for flat pictures, whose hashes are equal although nothing says that they show the same: never group by those.</summary>
    public static bool IsDistinctive(long hash) => hash != 0;

    private static float[] Brightness(DecodedImage image)
    {
        var brightness = new float[Side * Side];
        for (var i = 0; i < brightness.Length; i++)
        {
            var pixel = image.Rgba.AsSpan(4 * i, 3);
            brightness[i] = (0.299f * pixel[0]) + (0.587f * pixel[1]) + (0.114f * pixel[2]);
        }

        return brightness;
    }

    /// <summary>The 8×8 lowest coefficients of the two-dimensional cosine transform; the first is the mean.</summary>
    private static float[] LowFrequencies(float[] brightness)
    {
        var rows = new float[Side * Frequencies];
        for (var y = 0; y < Side; y++)
        {
            for (var u = 0; u < Frequencies; u++)
                rows[(u * Side) + y] = Dot(brightness.AsSpan(y * Side, Side), Cosines.AsSpan(u * Side, Side));
        }

        var result = new float[Frequencies * Frequencies];
        for (var v = 0; v < Frequencies; v++)
        {
            for (var u = 0; u < Frequencies; u++)
                result[(v * Frequencies) + u] = Dot(rows.AsSpan(u * Side, Side), Cosines.AsSpan(v * Side, Side));
        }

        return result;
    }

    private static float Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var sum = 0f;
        for (var i = 0; i < a.Length; i++) sum += a[i] * b[i];
        return sum;
    }

    private static float[] CosineTable()
    {
        var table = new float[Frequencies * Side];
        for (var u = 0; u < Frequencies; u++)
        {
            for (var x = 0; x < Side; x++)
                table[(u * Side) + x] = (float)Math.Cos(Math.PI * u * ((2 * x) + 1) / (2 * Side));
        }

        return table;
    }
}
