using System.Buffers.Binary;

namespace CatDog.Training.Images;

/// <summary>Looks at a JPEG's frame header where the decoder refuses the file without saying why.</summary>
internal static class JpegFrame
{
    public static bool HasNoPixels(ReadOnlySpan<byte> jpeg)
    {
        for (var rest = jpeg[2..]; rest.Length >= 9 && rest[0] == 0xFF;)
        {
            var marker = rest[1];
            if (IsStartOfFrame(marker)) return BinaryPrimitives.ReadUInt16BigEndian(rest[5..]) == 0 || BinaryPrimitives.ReadUInt16BigEndian(rest[7..]) == 0;
            var length = BinaryPrimitives.ReadUInt16BigEndian(rest[2..]) + 2;
            if (length > rest.Length) break;
            rest = rest[length..];
        }

        return false;
    }

    private static bool IsStartOfFrame(byte marker) => marker is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
