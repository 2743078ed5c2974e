using System.Buffers.Binary;
using System.Text;

namespace CatDog.Training.Native;

/// <summary>The symbol versions that an ELF library asks of the libraries it is linked to (its section <c>.gnu.version_r</c>).</summary>
internal static class ElfVersionNeeds
{
    private const uint VersionNeeds = 0x6ffffffe;
    private const ushort Weak = 0x2;

    /// <summary>Marks one needed version as weak, in place, so that the loader only warns where it is missing.</summary>
    /// <param name="elf">The bytes of a 64-bit little-endian ELF file.</param>
    /// <param name="version">Such as <c>GLIBCXX_3.4.32</c>.</param>
    /// <returns>Whether the library needs that version.</returns>
    public static bool MakeWeak(Span<byte> elf, string version)
    {
        if (elf.Length < 64 || !elf[..6].SequenceEqual((ReadOnlySpan<byte>)[0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
            throw new InvalidDataException("Not a 64-bit little-endian ELF file.");
        var found = false;
        var sections = (int)U64(elf, 0x28);
        int sectionSize = U16(elf, 0x3a), sectionCount = U16(elf, 0x3c);
        for (var i = 0; i < sectionCount; i++)
        {
            var section = elf.Slice(sections + i * sectionSize, sectionSize);
            if (U32(section, 4) != VersionNeeds) continue;
            var names = elf.Slice(sections + (int)U32(section, 0x28) * sectionSize, sectionSize);
            found |= MakeWeak(elf, (int)U64(section, 0x18), (int)U64(names, 0x18), version);
        }

        return found;
    }

    private static bool MakeWeak(Span<byte> elf, int need, int names, string version)
    {
        var found = false;
        for (var next = -1; next != 0; need += next)
        {
            var entry = need + (int)U32(elf, need + 8);
            for (int left = U16(elf, need + 2); left > 0; left--)
            {
                if (Text(elf, names + (int)U32(elf, entry + 8)) == version)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(elf[(entry + 4)..], (ushort)(U16(elf, entry + 4) | Weak));
                    found = true;
                }

                entry += (int)U32(elf, entry + 12);
            }

            next = (int)U32(elf, need + 12);
        }

        return found;
    }

    private static string Text(ReadOnlySpan<byte> elf, int start) => Encoding.ASCII.GetString(elf.Slice(start, elf[start..].IndexOf((byte)0)));

    private static ushort U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes[at..]);

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[at..]);

    private static ulong U64(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]);
}
