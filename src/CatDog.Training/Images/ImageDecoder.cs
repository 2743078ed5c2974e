namespace CatDog.Training.Images;

/// <summary>
/// Bytes to pixels: the one place in which a picture's content is sniffed, its orientation applied and its transparency flattened.
/// </summary>
public static class ImageDecoder
{
    /// <summary>A picture with more pixels is refused by its header, before memory is taken for it.</summary>
    public const long MaxPixels = 100_000_000;

    /// <summary>Reads a picture's header without decoding a pixel.</summary>
    /// <exception cref="ImageException">It is empty, something else than a picture, of a format that is not supported, or its header is broken.</exception>
    public static ImageHeader Identify(ReadOnlySpan<byte> bytes)
    {
        var format = ImageFormats.Sniff(bytes);
        return format == ImageFormat.Tiff ? TiffDecoder.Identify(bytes) : SkiaDecoder.Identify(bytes, format);
    }

    /// <summary>Decodes the first frame: upright, grey and palettes expanded, CMYK converted, transparency flattened onto white.</summary>
    /// <param name="minShorterSide">
    /// Where more than 0, a large JPEG is decoded smaller (in eighths), its shorter side never below this; much faster where a small picture is wanted.
    /// </param>
    /// <exception cref="ImageException">
    /// As <see cref="Identify"/>; or it has more than <see cref="MaxPixels"/>, is truncated, or its pixels are damaged so that they cannot be decoded.
    /// </exception>
    public static DecodedImage Decode(ReadOnlySpan<byte> bytes, int minShorterSide = 0)
    {
        var format = ImageFormats.Sniff(bytes);
        return format == ImageFormat.Tiff ? TiffDecoder.Decode(bytes) : SkiaDecoder.Decode(bytes, format, minShorterSide);
    }

    internal static void RequireReasonableSize(int width, int height)
    {
        if (width <= 0 || height <= 0) throw new ImageException("The picture has no pixels (its size is 0).");
        if ((long)width * height > MaxPixels)
            throw new ImageException($"The picture is too large: {width}×{height} is more than {MaxPixels / 1_000_000} megapixels.");
    }
}
