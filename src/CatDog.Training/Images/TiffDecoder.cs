using System.Runtime.InteropServices;
using BitMiracle.LibTiff.Classic;

namespace CatDog.Training.Images;

/// <summary>Decodes TIFF, which Skia cannot.</summary>
internal static class TiffDecoder
{
    static TiffDecoder() => Tiff.SetErrorHandler(new SilentErrorHandler());

    public static ImageHeader Identify(ReadOnlySpan<byte> bytes)
    {
        using var tiff = Open(bytes.ToArray());
        var orientation = OrientationOf(tiff);
        var (width, height) = SizeOf(tiff);
        if (orientation.SwapsSides()) (width, height) = (height, width);
        return new(ImageFormat.Tiff.MediaType(), width, height, orientation, Guard(() => (int)tiff.NumberOfDirectories()));
    }

    public static DecodedImage Decode(ReadOnlySpan<byte> bytes)
    {
        using var tiff = Open(bytes.ToArray());
        var (width, height) = SizeOf(tiff);
        ImageDecoder.RequireReasonableSize(width, height);
        if (!Guard(() => tiff.RGBAImageOK(out _)))
            throw new ImageException("The TIFF uses a pixel format that cannot be read (such as 32-bit floats): save it anew as JPEG or PNG.");
        var orientation = OrientationOf(tiff);
        var raster = new int[width * height];
        // Asked for in the order in which it is stored, so that the orientation is applied once, and here.
        if (!Guard(() => tiff.ReadRGBAImageOriented(width, height, raster, (Orientation)(int)orientation, stopOnError: true)))
            throw new ImageException("The picture is truncated or its pixels are damaged.");
        return Upright.Apply(orientation, new(width, height, FlattenOntoWhite(raster)));
    }

    private static Tiff Open(byte[] bytes) =>
        Guard(() => Tiff.ClientOpen("memory", "r", new MemoryStream(bytes), new TiffStream()))
        ?? throw new ImageException("The picture's header is damaged or cut off.");

    private static (int Width, int Height) SizeOf(Tiff tiff)
    {
        var width = tiff.GetField(TiffTag.IMAGEWIDTH)?[0].ToInt() ?? 0;
        var height = tiff.GetField(TiffTag.IMAGELENGTH)?[0].ToInt() ?? 0;
        if (width <= 0 || height <= 0) throw new ImageException("The picture has no pixels (its size is 0).");
        return (width, height);
    }

    private static ImageOrientation OrientationOf(Tiff tiff) => ImageOrientations.FromNumber(tiff.GetField(TiffTag.ORIENTATION)?[0].ToInt() ?? 1);

    /// <summary>LibTiff gives colours multiplied by their alpha.</summary>
    private static byte[] FlattenOntoWhite(int[] raster)
    {
        var rgba = MemoryMarshal.AsBytes(raster.AsSpan()).ToArray();
        for (var i = 0; i < rgba.Length; i += 4)
        {
            var missing = 255 - rgba[i + 3];
            if (missing == 0) continue;
            for (var channel = i; channel < i + 3; channel++) rgba[channel] = (byte)Math.Min(255, rgba[channel] + missing);
            rgba[i + 3] = 255;
        }

        return rgba;
    }

    /// <summary>LibTiff meets broken files with whatever exception comes of it.</summary>
    private static T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is not ImageException)
        {
            throw new ImageException("The TIFF is damaged.", e);
        }
    }

    /// <summary>LibTiff's own prints to the console.</summary>
    private sealed class SilentErrorHandler : TiffErrorHandler
    {
        public override void ErrorHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void ErrorHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
        }

        public override void WarningHandler(Tiff tif, string method, string format, params object[] args)
        {
        }

        public override void WarningHandlerExt(Tiff tif, object clientData, string method, string format, params object[] args)
        {
        }
    }
}
