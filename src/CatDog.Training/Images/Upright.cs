using System.Runtime.InteropServices;

namespace CatDog.Training.Images;

/// <summary>Turns stored pixels so that the picture is upright.</summary>
internal static class Upright
{
    public static DecodedImage Apply(ImageOrientation orientation, DecodedImage stored)
    {
        if (orientation == ImageOrientation.TopLeft) return stored;

        var (storedWidth, storedHeight) = (stored.Width, stored.Height);
        var (width, height) = orientation.SwapsSides() ? (storedHeight, storedWidth) : (storedWidth, storedHeight);
        // The upright pixel (x, y) is the stored pixel at first + x·perColumn + y·perRow.
        var (first, perColumn, perRow) = orientation switch
        {
            ImageOrientation.TopRight => (storedWidth - 1, -1, storedWidth),
            ImageOrientation.BottomRight => ((storedHeight * storedWidth) - 1, -1, -storedWidth),
            ImageOrientation.BottomLeft => ((storedHeight - 1) * storedWidth, 1, -storedWidth),
            ImageOrientation.LeftTop => (0, storedWidth, 1),
            ImageOrientation.RightTop => ((storedHeight - 1) * storedWidth, -storedWidth, 1),
            ImageOrientation.RightBottom => ((storedHeight * storedWidth) - 1, -storedWidth, -1),
            ImageOrientation.LeftBottom => (storedWidth - 1, storedWidth, -1),
            _ => (0, 1, storedWidth),
        };
        var rgba = GC.AllocateUninitializedArray<byte>(stored.Rgba.Length);
        var from = MemoryMarshal.Cast<byte, uint>(stored.Rgba);
        var to = MemoryMarshal.Cast<byte, uint>(rgba.AsSpan());
        for (var y = 0; y < height; y++)
        {
            var source = first + (y * perRow);
            foreach (ref var pixel in to.Slice(y * width, width))
            {
                pixel = from[source];
                source += perColumn;
            }
        }

        return new(width, height, rgba);
    }
}
