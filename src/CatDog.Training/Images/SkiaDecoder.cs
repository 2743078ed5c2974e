using SkiaSharp;

namespace CatDog.Training.Images;

/// <summary>Decodes everything but TIFF.</summary>
internal static class SkiaDecoder
{
    /// <summary>A JPEG's rows come in blocks of at most 16, and two more wait for their neighbours.</summary>
    private const int RowsOfTheLastBlock = 18;

    public static unsafe ImageHeader Identify(ReadOnlySpan<byte> bytes, ImageFormat format)
    {
        fixed (byte* start = bytes)
        {
            using var content = SKData.Create((nint)start, bytes.Length);
            using var codec = Open(content, bytes, format);
            var orientation = OrientationOf(codec, bytes, format);
            var (width, height) = orientation.SwapsSides() ? (codec.Info.Height, codec.Info.Width) : (codec.Info.Width, codec.Info.Height);
            return new(format.MediaType(), width, height, orientation, Math.Max(1, codec.FrameCount));
        }
    }

    public static unsafe DecodedImage Decode(ReadOnlySpan<byte> bytes, ImageFormat format, int minShorterSide)
    {
        fixed (byte* start = bytes)
        {
            using var content = SKData.Create((nint)start, bytes.Length);
            using var codec = Open(content, bytes, format);
            ImageDecoder.RequireReasonableSize(codec.Info.Width, codec.Info.Height);
            var size = SizeToDecode(codec, format, minShorterSide);
            var stored = ReadPixels(codec, size, out var result);
            if (result == SKCodecResult.IncompleteInput && format == ImageFormat.Jpeg && OnlyTheEndIsMissing(codec))
                stored = ReadPixels([.. bytes, 0xFF, 0xD9], size, out result);
            if (result != SKCodecResult.Success) throw new ImageException(WhatIsWrong(result));
            return Upright.Apply(OrientationOf(codec, bytes, format), stored);
        }
    }

    private static SKCodec Open(SKData content, ReadOnlySpan<byte> bytes, ImageFormat format) =>
        SKCodec.Create(content) ?? throw new ImageException(
            format == ImageFormat.Jpeg && JpegFrame.HasNoPixels(bytes)
                ? "The picture has no pixels (its size is 0)."
                : "The picture's header is damaged or cut off.");

    private static ImageOrientation OrientationOf(SKCodec codec, ReadOnlySpan<byte> bytes, ImageFormat format) => format switch
    {
        ImageFormat.Png => ExifOrientation.OfPng(bytes),
        ImageFormat.Webp => ExifOrientation.OfWebp(bytes),
        _ => ImageOrientations.FromNumber((int)codec.EncodedOrigin),
    };

    /// <summary>GetScaledDimensions may answer with less than was asked, so each eighth is tried and looked at.</summary>
    private static SKSizeI SizeToDecode(SKCodec codec, ImageFormat format, int minShorterSide)
    {
        if (minShorterSide <= 0 || format != ImageFormat.Jpeg) return codec.Info.Size;
        for (var eighths = 1; eighths < 8; eighths++)
        {
            var size = codec.GetScaledDimensions(eighths / 8f);
            if (Math.Min(size.Width, size.Height) >= minShorterSide) return size;
        }

        return codec.Info.Size;
    }

    private static unsafe DecodedImage ReadPixels(byte[] bytes, SKSizeI size, out SKCodecResult result)
    {
        fixed (byte* start = bytes)
        {
            using var content = SKData.Create((nint)start, bytes.Length);
            using var codec = SKCodec.Create(content);
            return ReadPixels(codec, size, out result);
        }
    }

    private static unsafe DecodedImage ReadPixels(SKCodec codec, SKSizeI size, out SKCodecResult result)
    {
        var opaque = codec.Info.AlphaType == SKAlphaType.Opaque;
        // Without a colour space nothing is converted: a broken profile cannot harm, and pixels are what models were trained with.
        var info = new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, opaque ? SKAlphaType.Opaque : SKAlphaType.Unpremul);
        var rgba = GC.AllocateUninitializedArray<byte>(info.BytesSize);
        fixed (byte* pixels = rgba) result = codec.GetPixels(info, (nint)pixels);
        if (!opaque) FlattenOntoWhite(rgba);
        return new(size.Width, size.Height, rgba);
    }

    private static void FlattenOntoWhite(Span<byte> rgba)
    {
        for (var i = 0; i < rgba.Length; i += 4)
        {
            var alpha = rgba[i + 3];
            if (alpha == 255) continue;
            for (var channel = i; channel < i + 3; channel++)
                rgba[channel] = (byte)(((rgba[channel] * alpha) + (255 * (255 - alpha)) + 127) / 255);
            rgba[i + 3] = 255;
        }
    }

    private static bool OnlyTheEndIsMissing(SKCodec codec)
    {
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        return codec.StartScanlineDecode(info) == SKCodecResult.Success && CompleteRows(codec, info) >= info.Height - RowsOfTheLastBlock;
    }

    private static unsafe int CompleteRows(SKCodec codec, SKImageInfo info)
    {
        var row = new byte[info.RowBytes];
        var rows = 0;
        fixed (byte* pixels = row)
        {
            while (rows < info.Height && codec.GetScanlines((nint)pixels, 1, info.RowBytes) == 1) rows++;
        }

        return rows;
    }

    private static string WhatIsWrong(SKCodecResult result) => result switch
    {
        SKCodecResult.IncompleteInput => "The picture is truncated: the file ends before its last pixel.",
        SKCodecResult.Unimplemented => "The picture uses a variant of its format that cannot be read: save it anew as JPEG or PNG.",
        SKCodecResult.InternalError => "The picture could not be decoded with the memory there is.",
        _ => "The picture's pixels are damaged.",
    };
}
