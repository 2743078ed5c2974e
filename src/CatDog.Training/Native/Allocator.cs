using System.Runtime.InteropServices;

namespace CatDog.Training.Native;

/// <summary>glibc's settings for a process that makes and frees big tensors over and over.</summary>
public static partial class Allocator
{
    private const int ArenaMax = -8, MmapMax = -4, TopPad = -2, TrimThreshold = -1;

    /// <summary>
    /// Keeps freed memory in the process; by default every freed activation goes back to the kernel, which makes a step three times slower.
    /// To be called before any tensor is made. Does nothing where the environment already sets the allocator or there is no glibc.
    /// </summary>
    public static void KeepFreedMemory()
    {
        if (!OperatingSystem.IsLinux() || Environment.GetEnvironmentVariable("MALLOC_ARENA_MAX") is { Length: > 0 }) return;
        try
        {
            _ = Set(ArenaMax, 1);
            _ = Set(MmapMax, 0);
            _ = Set(TrimThreshold, int.MaxValue);
            _ = Set(TopPad, 64 << 20);
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            // musl has no mallopt; training is right without it, only slower.
        }
    }

    [LibraryImport("libc", EntryPoint = "mallopt")]
    private static partial int Set(int parameter, int value);
}
