namespace CatDog.Training.Scripting;

/// <summary>Finds photos below a folder by the names that CSV files give them.</summary>
public sealed class PhotoIndex
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase) { ".jpg", ".jpeg", ".png", ".webp", ".bmp", ".gif", ".tif", ".tiff" };

    private readonly string _root;
    private readonly ILookup<string, string> _byName;
    private readonly ILookup<string, string> _byStem;

    private PhotoIndex(string root, IReadOnlyList<string> paths)
    {
        (_root, Paths) = (root, paths);
        _byName = paths.ToLookup(path => Path.GetFileName(path));
        _byStem = paths.ToLookup(path => Path.GetFileNameWithoutExtension(path));
    }

    /// <summary>Every image file below the folder, absolute, in ordinal order.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <exception cref="TrainingException">There is no such folder.</exception>
    public static PhotoIndex Of(string folder)
    {
        folder = Path.GetFullPath(folder);
        try
        {
            var files = Directory.EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true });
            return new(folder, [.. files.Where(file => Extensions.Contains(Path.GetExtension(file))).Order(StringComparer.Ordinal)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException($"The folder of images '{folder}' cannot be read: {e.Message}", e);
        }
    }

    /// <summary>The photo of this name: a path below the folder, or a bare name anywhere below it, with or without its extension.</summary>
    /// <param name="name">As in the CSV.</param>
    /// <param name="hints">Names of folders that are preferred where several photos have this name.</param>
    /// <returns>An absolute path; null if there is none.</returns>
    public string? Find(string name, params IEnumerable<string> hints)
    {
        var exact = Path.Combine(_root, name);
        if (File.Exists(exact)) return Path.GetFullPath(exact);
        var bare = Path.GetFileName(name);
        var found = _byName[bare].ToList();
        if (found.Count == 0) found = [.. _byStem[bare]];
        return found.FirstOrDefault(path => hints.Any(hint => IsIn(path, hint))) ?? found.FirstOrDefault();
    }

    /// <summary>The path as a person gave it: below the folder, with forward slashes.</summary>
    public string Relative(string path) => Path.GetRelativePath(_root, path).Replace('\\', '/');

    private static bool IsIn(string path, string hint)
    {
        var folder = Path.GetFileName(Path.GetDirectoryName(path));
        return string.Equals(folder, hint, StringComparison.OrdinalIgnoreCase) || string.Equals(folder, hint + "s", StringComparison.OrdinalIgnoreCase);
    }
}
