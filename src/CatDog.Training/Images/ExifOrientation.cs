using System.Buffers.Binary;

namespace CatDog.Training.Images;

/// <summary>Reads the orientation of PNG and WebP, in which Skia does not look for it.</summary>
internal static class ExifOrientation
{
    private const int OrientationTag = 0x0112;

    public static ImageOrientation OfPng(ReadOnlySpan<byte> png)
    {
        for (var rest = png[8..]; rest.Length >= 12;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - 12) break;
            if (rest[4..8].SequenceEqual("eXIf"u8)) return OfExif(rest.Slice(8, (int)length));
            rest = rest[((int)length + 12)..];
        }

        return ImageOrientation.TopLeft;
    }

    public static ImageOrientation OfWebp(ReadOnlySpan<byte> webp)
    {
        for (var rest = webp[12..]; rest.Length >= 8;)
        {
            var length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (length > rest.Length - 8) break;
            if (rest[..4].SequenceEqual("EXIF"u8)) return OfExif(rest.Slice(8, (int)length));
            var padded = (int)length + (int)(length & 1) + 8;
            if (padded > rest.Length) break;
            rest = rest[padded..];
        }

        return ImageOrientation.TopLeft;
    }

    /// <summary>Broken EXIF counts as upright.</summary>
    private static ImageOrientation OfExif(ReadOnlySpan<byte> exif)
    {
        if (exif.StartsWith("Exif\0\0"u8)) exif = exif[6..];
        if (exif.Length < 8) return ImageOrientation.TopLeft;
        var littleEndian = exif[0] == 'I';
        var directory = ReadUInt32(exif[4..], littleEndian);
        if (directory > exif.Length - 2) return ImageOrientation.TopLeft;
        var entries = exif[(int)directory..];
        var count = ReadUInt16(entries, littleEndian);
        for (var i = 0; i < count && entries.Length >= 2 + (12 * (i + 1)); i++)
        {
            var entry = entries.Slice(2 + (12 * i), 12);
            if (ReadUInt16(entry, littleEndian) == OrientationTag) return ImageOrientations.FromNumber(ReadUInt16(entry[8..], littleEndian));
        }

        return ImageOrientation.TopLeft;
    }

    private static ushort ReadUInt16(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint ReadUInt32(ReadOnlySpan<byte> bytes, bool littleEndian) =>
        littleEndian ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
