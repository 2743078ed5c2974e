using System.Buffers.Binary;
using System.Text;
using CatDog.Training.Native;

namespace CatDog.Training.Tests.Native;

public sealed class ElfVersionNeedsTests
{
    private static string Library => Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so");

    [Fact]
    public void Only_the_flags_of_the_one_version_change()
    {
        var before = File.ReadAllBytes(Library);
        var after = (byte[])before.Clone();

        Assert.True(ElfVersionNeeds.MakeWeak(after, "GLIBCXX_3.4.32"));

        var changed = Enumerable.Range(0, before.Length).Where(i => before[i] != after[i]).ToList();
        var flags = Assert.Single(changed);
        Assert.Equal(2, after[flags]);
        // The hash of the version's name stands right before its flags.
        Assert.Equal(Hash("GLIBCXX_3.4.32"), BinaryPrimitives.ReadUInt32LittleEndian(after.AsSpan(flags - 4)));
    }

    [Fact]
    public void A_version_that_is_not_needed_changes_nothing_and_other_files_are_refused()
    {
        var bytes = File.ReadAllBytes(Library);

        Assert.False(ElfVersionNeeds.MakeWeak(bytes, "GLIBCXX_9.9.9"));
        Assert.Equal(File.ReadAllBytes(Library), bytes);
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.MakeWeak(new byte[100], "GLIBCXX_3.4.32"));
    }

    /// <summary>The ELF standard's hash of a name.</summary>
    private static uint Hash(string name)
    {
        var hash = 0u;
        foreach (var letter in Encoding.ASCII.GetBytes(name))
        {
            hash = (hash << 4) + letter;
            var high = hash & 0xf0000000;
            hash = (hash ^ (high >> 24)) & ~high;
        }

        return hash;
    }
}
