using System.Runtime.CompilerServices;

namespace CatDog.Tests;

/// <summary>The real photos and weights that some tests need and that are not part of the project.</summary>
internal static class TestData
{
    /// <summary>The absolute path of a file or folder of the test data; skips the running test, and says why, where it is not there.</summary>
    public static string Require(string relativePath)
    {
        var path = Root is null ? null : Path.Combine(Root, relativePath);
        if (path is null || !Path.Exists(path))
            Assert.Skip($"Needs the test data '{relativePath}'. Put it beside the project at ../shared/data, or name its folder in CATDOG_TEST_DATA.");
        return path;
    }

    private static string? Root { get; } =
        Environment.GetEnvironmentVariable("CATDOG_TEST_DATA") is { Length: > 0 } named
            ? named
            : Path.GetFullPath(Path.Combine(SourceFolder(), "..", "..", "shared", "data"));

    private static string SourceFolder([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
