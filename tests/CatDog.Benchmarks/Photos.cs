namespace CatDog.Benchmarks;

internal static class Photos
{
    public static IEnumerable<string> In(string folder) => Directory.EnumerateFiles(folder, "*.jpg", SearchOption.AllDirectories).Order(StringComparer.Ordinal);
}
