using System.Buffers.Binary;
using System.Text;
using BitMiracle.LibTiff.Classic;
using CatDog.Training.Images;
using SkiaSharp;

namespace CatDog.Training.Tests.Images;

public sealed class ImageDecoderTests
{
    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg, "image/jpeg")]
    [InlineData(SKEncodedImageFormat.Png, "image/png")]
    [InlineData(SKEncodedImageFormat.Webp, "image/webp")]
    public void Each_format_is_told_by_its_content_and_decodes(SKEncodedImageFormat format, string mediaType)
    {
        using var quarters = Pictures.Quarters();
        var bytes = Pictures.Encode(quarters, format, 100);

        Assert.Equal(new(mediaType, 64, 48, ImageOrientation.TopLeft, 1), ImageDecoder.Identify(bytes));
        Assert.InRange(Pictures.Difference(ImageDecoder.Decode(bytes), Pictures.Decoded(quarters)), 0, 8);
    }

    // Where each quarter (red, green, blue, white) must be once the orientation is applied: the corners clockwise from the top left.
    [Theory]
    [InlineData(1, "RGWB", 64, 48)]
    [InlineData(2, "GRBW", 64, 48)]
    [InlineData(3, "WBRG", 64, 48)]
    [InlineData(4, "BWGR", 64, 48)]
    [InlineData(5, "RBWG", 48, 64)]
    [InlineData(6, "BRGW", 48, 64)]
    [InlineData(7, "WGRB", 48, 64)]
    [InlineData(8, "GWBR", 48, 64)]
    [InlineData(0, "RGWB", 64, 48)]
    [InlineData(99, "RGWB", 64, 48)]
    public void The_orientation_is_applied_once_in_every_format_that_has_one(int orientation, string corners, int width, int height)
    {
        using var quarters = Pictures.Quarters();
        AssertUpright(WithExifInJpeg(Pictures.Encode(quarters, quality: 100), orientation));
        AssertUpright(WithExifInPng(Pictures.Encode(quarters, SKEncodedImageFormat.Png), orientation));
        AssertUpright(WithExifInWebp(Pictures.Encode(quarters, SKEncodedImageFormat.Webp, 100), orientation));
        AssertUpright(Tiff(quarters, orientation));

        void AssertUpright(byte[] bytes)
        {
            var header = ImageDecoder.Identify(bytes);
            var image = ImageDecoder.Decode(bytes);
            Assert.Equal((width, height), (image.Width, image.Height));
            Assert.Equal((width, height), (header.Width, header.Height));
            Assert.Equal(corners, $"{ColourAt(image, .25, .25)}{ColourAt(image, .75, .25)}{ColourAt(image, .75, .75)}{ColourAt(image, .25, .75)}");
        }
    }

    [Fact]
    public void Transparency_is_flattened_onto_white()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(2, 1, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.SetPixel(0, 0, new SKColor(0, 0, 0, 0));
        bitmap.SetPixel(1, 0, new SKColor(200, 0, 0, 128));

        var image = ImageDecoder.Decode(Pictures.Encode(bitmap, SKEncodedImageFormat.Png));

        Assert.Equal([255, 255, 255, 255, 227, 127, 127, 255], image.Rgba);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(150)]
    [InlineData(224)]
    [InlineData(480)]
    [InlineData(1000)]
    public void A_scaled_decode_is_never_smaller_than_asked_and_shows_the_same(int minShorterSide)
    {
        using var scene = Pictures.Scene(3, 641, 427);
        var bytes = Pictures.Encode(scene);

        var whole = ImageDecoder.Decode(bytes);
        var image = ImageDecoder.Decode(bytes, minShorterSide);

        Assert.InRange(Math.Min(image.Width, image.Height), Math.Min(minShorterSide, 427), Math.Min(427, minShorterSide + 70));
        Assert.InRange(Pictures.Difference(Pictures.Small(image), Pictures.Small(whole)), 0, 4);
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void A_file_cut_in_half_is_rejected(SKEncodedImageFormat format)
    {
        using var scene = Pictures.Scene(5);
        var bytes = Pictures.Encode(scene, format);

        var error = Assert.Throws<ImageException>(() => ImageDecoder.Decode(bytes[..(bytes.Length / 2)]));

        Assert.Contains("truncated", error.Message);
    }

    [Fact]
    public void A_jpeg_that_lacks_only_its_end_marker_decodes_whole()
    {
        using var scene = Pictures.Scene(5, 203, 171);
        var bytes = Pictures.Encode(scene);

        Assert.Equal(ImageDecoder.Decode(bytes).Rgba, ImageDecoder.Decode(bytes[..^2]).Rgba);
    }

    [Fact]
    public void Too_many_pixels_are_refused_by_the_header()
    {
        using var quarters = Pictures.Quarters();
        var bytes = Pictures.Encode(quarters);
        var frame = bytes.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(frame + 5), 20_000);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(frame + 7), 20_000);

        Assert.Equal(400_000_000, ImageDecoder.Identify(bytes).Pixels);
        Assert.Contains("100 megapixels", Assert.Throws<ImageException>(() => ImageDecoder.Decode(bytes, 224)).Message);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("<!DOCTYPE html><html><body>404</body></html>", "HTML page")]
    [InlineData("\n  <HTML>", "HTML page")]
    [InlineData("{\"error\": 403}", "JSON")]
    [InlineData("<?xml version=\"1.0\"?><svg/>", "SVG")]
    [InlineData("<?xml version=\"1.0\"?><Error/>", "XML")]
    [InlineData("%PDF-1.7", "PDF")]
    [InlineData("version https://git-lfs.github.com/spec/v1\n", "Git LFS")]
    [InlineData("\0\0\0\u0018ftypheic0000", "HEIC")]
    [InlineData("\0\0\0\u0018ftypmif10000", "HEIC")]
    [InlineData("\0\0\0\u0018ftypavif0000", "AVIF")]
    [InlineData("\0\0\0\u0018ftypisom0000", "video")]
    [InlineData("PK\u0003\u0004", "zip")]
    [InlineData("BM", "not a picture")]
    [InlineData("II*", "not a picture")]
    [InlineData("RIFF0000WAVE", "not a picture")]
    public void What_is_no_picture_is_named(string content, string reason)
    {
        var error = Assert.Throws<ImageException>(() => ImageDecoder.Identify(Encoding.Latin1.GetBytes(content)));

        Assert.Contains(reason, error.Message);
        Assert.EndsWith(".", error.Message);
        Assert.DoesNotContain("\n", error.Message);
    }

    [Theory]
    [InlineData("\u0089PNG\r\n\u001a\n")]
    [InlineData("GIF89a")]
    [InlineData("RIFF\0\0\0\0WEBPVP8 ")]
    [InlineData("II*\0\u0008\0\0\0")]
    [InlineData("MM\0*\0\0\0\u0008")]
    [InlineData("BM00000000000000000000000000000000")]
    [InlineData("\0\0\u0001\0\u0001\0000000000000000000000")]
    public void Magic_bytes_alone_are_a_damaged_picture(string content) =>
        Assert.Throws<ImageException>(() => ImageDecoder.Decode(Encoding.Latin1.GetBytes(content)));

    private static string ColourAt(DecodedImage image, double x, double y) => Pictures.At(image, x, y) switch
    {
        ( > 200, < 60, < 60) => "R",
        ( < 60, > 200, < 60) => "G",
        ( < 60, < 60, > 200) => "B",
        ( > 200, > 200, > 200) => "W",
        _ => "?",
    };

    private static byte[] Exif(int orientation) =>
        [.. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte)orientation, 0, 0, 0, 0, 0, 0, 0];

    private static byte[] WithExifInJpeg(byte[] jpeg, int orientation)
    {
        byte[] block = [.. "Exif\0\0"u8, .. Exif(orientation)];
        return [0xFF, 0xD8, 0xFF, 0xE1, 0, (byte)(block.Length + 2), .. block, .. jpeg[2..]];
    }

    private static byte[] WithExifInPng(byte[] png, int orientation)
    {
        byte[] typed = [.. "eXIf"u8, .. Exif(orientation)];
        var crc = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(crc, Crc32(typed));
        const int afterHeader = 33;
        return [.. png[..afterHeader], 0, 0, 0, (byte)(typed.Length - 4), .. typed, .. crc, .. png[afterHeader..]];
    }

    private static uint Crc32(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc >> 1) ^ (0xEDB88320 & (uint)-(int)(crc & 1));
        }

        return ~crc;
    }

    /// <summary>An extended WebP: its header names the canvas and that EXIF follows.</summary>
    private static byte[] WithExifInWebp(byte[] webp, int orientation)
    {
        var exif = Exif(orientation);
        byte[] body = [.. "WEBPVP8X"u8, 10, 0, 0, 0, 0x08, 0, 0, 0, 63, 0, 0, 47, 0, 0, .. webp[12..], .. "EXIF"u8, (byte)exif.Length, 0, 0, 0, .. exif];
        var size = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(size, body.Length);
        return [.. "RIFF"u8, .. size, .. body];
    }

    private static byte[] Tiff(SKBitmap bitmap, int orientation)
    {
        var stream = new MemoryStream();
        using (var tiff = BitMiracle.LibTiff.Classic.Tiff.ClientOpen("memory", "w", stream, new TiffStream()))
        {
            tiff.SetField(TiffTag.IMAGEWIDTH, bitmap.Width);
            tiff.SetField(TiffTag.IMAGELENGTH, bitmap.Height);
            tiff.SetField(TiffTag.BITSPERSAMPLE, 8);
            tiff.SetField(TiffTag.SAMPLESPERPIXEL, 3);
            tiff.SetField(TiffTag.PHOTOMETRIC, Photometric.RGB);
            tiff.SetField(TiffTag.PLANARCONFIG, PlanarConfig.CONTIG);
            tiff.SetField(TiffTag.ROWSPERSTRIP, bitmap.Height);
            if (orientation is >= 1 and <= 8) tiff.SetField(TiffTag.ORIENTATION, (Orientation)orientation);
            for (var y = 0; y < bitmap.Height; y++)
                tiff.WriteScanline([.. Enumerable.Range(0, bitmap.Width).Select(x => bitmap.GetPixel(x, y)).SelectMany(c => new[] { c.Red, c.Green, c.Blue })], y);
            tiff.WriteDirectory();
            tiff.Flush();
        }

        return stream.ToArray();
    }
}
