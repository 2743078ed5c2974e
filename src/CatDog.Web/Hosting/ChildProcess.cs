using System.Diagnostics;

namespace CatDog.Web.Hosting;

/// <summary>Starts this same executable with another verb: Torch never runs inside the web process, since it can abort it.</summary>
internal static class ChildProcess
{
    /// <summary>Describes a child with its output redirected and the allocator set for big tensors.</summary>
    public static ProcessStartInfo Describe(params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Executable, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        // glibc's defaults give every freed activation back to the kernel, which makes a training step three times slower.
        start.Environment["MALLOC_ARENA_MAX"] = "1";
        start.Environment["MALLOC_TRIM_THRESHOLD_"] = "8589934592";
        start.Environment["MALLOC_MMAP_THRESHOLD_"] = "8589934592";
        start.Environment["MALLOC_TOP_PAD_"] = "268435456";
        return start;
    }

    /// <summary>The host of the tests is another program than this one, so they name it.</summary>
    private static string Executable =>
        Environment.GetEnvironmentVariable("CATDOG_EXECUTABLE") is { Length: > 0 } path ? path : Path.Combine(AppContext.BaseDirectory, "CatDog.Web");
}
