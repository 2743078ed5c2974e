using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CatDog.Training.Native;

/// <summary>Loads libtorch, also where the system's libstdc++ is older than the one TorchSharp was built with (Debian 12, Ubuntu 22.04).</summary>
public static class TorchLoader
{
    private const string Binding = "libLibTorchSharp.so";

    /// <summary>The one version the binding asks for beyond GCC 12's; of it, it only uses a marker symbol that nothing calls.</summary>
    private const string MissingVersion = "GLIBCXX_3.4.32";

    private static readonly Lazy<bool> Loaded = new(LoadOnce);

    /// <summary>To be called before anything touches Torch; later calls cost nothing.</summary>
    /// <exception cref="TrainingException">The natives are not there or do not load on this system.</exception>
    public static void Load() => _ = Loaded.Value;

    private static bool LoadOnce()
    {
        // TorchSharp finds its natives by itself on the other platforms.
        if (!OperatingSystem.IsLinux()) return true;
        var folder = FindNatives();
        try
        {
            if (!NativeLibrary.TryLoad(Path.Combine(folder, Binding), out _)) LoadWithOldStandardLibrary(folder);
            SilenceNnpack(folder);
            return true;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new TrainingException($"Torch cannot be loaded from '{folder}': {e.Message}", e);
        }
    }

    /// <summary>The natives lie beside the program when it was built for one platform, and in <c>runtimes</c> otherwise.</summary>
    private static string FindNatives()
    {
        string[] folders = [AppContext.BaseDirectory, Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native")];
        return folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, Binding)))
            ?? throw new TrainingException($"Torch's library {Binding} is not beside the program in '{AppContext.BaseDirectory}'. Publish the program for linux-x64.");
    }

    private static void LoadWithOldStandardLibrary(string folder)
    {
        foreach (var library in (string[])["libc10.so", "libtorch_cpu.so", "libtorch.so"]) NativeLibrary.Load(Path.Combine(folder, library));
        // TorchSharp's own load by name then finds the library already loaded, since the copy has the same SONAME.
        NativeLibrary.Load(MakeTolerantCopy(Path.Combine(folder, Binding)));
    }

    private static string MakeTolerantCopy(string library)
    {
        var bytes = File.ReadAllBytes(library);
        var folder = Path.Combine(CacheFolder(), Convert.ToHexStringLower(SHA256.HashData(bytes))[..16]);
        var copy = Path.Combine(folder, Binding);
        if (File.Exists(copy)) return copy;
        if (!ElfVersionNeeds.MakeWeak(bytes, MissingVersion)) return library;
        Directory.CreateDirectory(folder);
        var temporary = $"{copy}.{Environment.ProcessId}";
        File.WriteAllBytes(temporary, bytes);
        File.Move(temporary, copy, overwrite: true);
        return copy;
    }

    private static string CacheFolder()
    {
        var root = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create);
        return root.Length > 0 ? Path.Combine(root, "catdog", "native") : Path.Combine(Path.GetTempPath(), $"catdog-native-{Environment.UserName}");
    }

    /// <summary>On processors that NNPACK does not know, Torch would print a warning for every small convolution.</summary>
    private static unsafe void SilenceNnpack(string folder)
    {
        if (NativeLibrary.TryLoad(Path.Combine(folder, "libtorch_cpu.so"), out var torch)
            && NativeLibrary.TryGetExport(torch, "_ZN2at13globalContextEv", out var globalContext)
            && NativeLibrary.TryGetExport(torch, "_ZN2at7Context20setUserEnabledNNPACKEb", out var setUserEnabledNnpack))
            ((delegate* unmanaged<nint, byte, void>)setUserEnabledNnpack)(((delegate* unmanaged<nint>)globalContext)(), 0);
    }
}
