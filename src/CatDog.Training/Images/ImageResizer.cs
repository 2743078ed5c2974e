using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CatDog.Training.Images;

/// <summary>
/// Bilinear, and where a picture is made smaller the triangle is as wide as the pixels that become one, so that nothing flickers:
/// what Pillow's BILINEAR and torchvision's antialiased resize compute.
/// </summary>
public static class ImageResizer
{
    /// <summary>Scales to exactly this size; the caller keeps the aspect.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A side is less than 1.</exception>
    public static DecodedImage Resize(DecodedImage image, int width, int height)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(height, 1);
        var pixels = image.Rgba;
        if (width != image.Width) pixels = ResizeRows(pixels, image.Width, image.Height, new(image.Width, width));
        if (height != image.Height) pixels = ResizeColumns(pixels, width, new(image.Height, height));
        return ReferenceEquals(pixels, image.Rgba) ? image : new(width, height, pixels);
    }

    /// <summary>Scales so that the shorter side has this many pixels, up or down.</summary>
    public static DecodedImage ResizeShorterSide(DecodedImage image, int shorterSide)
    {
        ArgumentNullException.ThrowIfNull(image);
        // Truncated, not rounded, as torchvision does.
        return image.Width <= image.Height
            ? Resize(image, shorterSide, (int)Math.Max(1, (long)shorterSide * image.Height / image.Width))
            : Resize(image, (int)Math.Max(1, (long)shorterSide * image.Width / image.Height), shorterSide);
    }

    private static byte[] ResizeRows(byte[] pixels, int oldWidth, int height, Taps taps)
    {
        var width = taps.Starts.Length;
        var result = GC.AllocateUninitializedArray<byte>(checked(4 * width * height));
        var from = MemoryMarshal.Cast<byte, uint>(pixels);
        var to = MemoryMarshal.Cast<byte, uint>(result.AsSpan());
        for (var y = 0; y < height; y++)
        {
            var row = from.Slice(y * oldWidth, oldWidth);
            var target = to.Slice(y * width, width);
            for (var x = 0; x < width; x++)
            {
                var sum = Vector128.Create(0.5f);
                var source = taps.Starts[x];
                foreach (var weight in taps.WeightsOf(x)) sum += Unpack(row[source++]) * weight;
                target[x] = Pack(sum);
            }
        }

        return result;
    }

    private static byte[] ResizeColumns(byte[] pixels, int width, Taps taps)
    {
        var height = taps.Starts.Length;
        var result = GC.AllocateUninitializedArray<byte>(checked(4 * width * height));
        var from = MemoryMarshal.Cast<byte, uint>(pixels);
        var to = MemoryMarshal.Cast<byte, uint>(result.AsSpan());
        var sums = new Vector128<float>[width];
        for (var y = 0; y < height; y++)
        {
            Array.Fill(sums, Vector128.Create(0.5f));
            var source = taps.Starts[y];
            foreach (var weight in taps.WeightsOf(y))
            {
                var row = from.Slice(source++ * width, width);
                for (var x = 0; x < width; x++) sums[x] += Unpack(row[x]) * weight;
            }

            var target = to.Slice(y * width, width);
            for (var x = 0; x < width; x++) target[x] = Pack(sums[x]);
        }

        return result;
    }

    private static Vector128<float> Unpack(uint rgba)
    {
        var bytes = Vector128.CreateScalarUnsafe(rgba).AsByte();
        return Vector128.ConvertToSingle(Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32());
    }

    /// <summary>The sums carry the half that turns cutting off into rounding; weights are positive and add up to 1, so no value leaves 0…255.</summary>
    private static uint Pack(Vector128<float> sum)
    {
        var whole = Vector128.ConvertToInt32(sum);
        var shorts = Vector128.Narrow(whole, whole).AsUInt16();
        return Vector128.Narrow(shorts, shorts).AsUInt32().ToScalar();
    }

    /// <summary>For each new pixel, the old pixels it is made of and how much each counts.</summary>
    private readonly struct Taps
    {
        private readonly float[] _weights;
        private readonly int[] _counts;
        private readonly int _stride;

        public Taps(int oldSize, int newSize)
        {
            var scale = (double)oldSize / newSize;
            var reach = Math.Max(1, scale);
            _stride = ((int)Math.Ceiling(reach) * 2) + 1;
            _weights = new float[newSize * _stride];
            _counts = new int[newSize];
            Starts = new int[newSize];
            for (var i = 0; i < newSize; i++)
            {
                var centre = (i + 0.5) * scale;
                var first = Math.Max(0, (int)(centre - reach + 0.5));
                var end = Math.Min(oldSize, (int)(centre + reach + 0.5));
                Starts[i] = first;
                _counts[i] = end - first;
                Weigh(_weights.AsSpan(i * _stride, end - first), first, centre, reach);
            }
        }

        public int[] Starts { get; }

        public ReadOnlySpan<float> WeightsOf(int i) => _weights.AsSpan(i * _stride, _counts[i]);

        private static void Weigh(Span<float> weights, int first, double centre, double reach)
        {
            var sum = 0.0;
            for (var k = 0; k < weights.Length; k++)
            {
                var weight = Math.Max(0, 1 - Math.Abs((first + k + 0.5 - centre) / reach));
                weights[k] = (float)weight;
                sum += weight;
            }

            foreach (ref var weight in weights) weight = (float)(weight / sum);
        }
    }
}
