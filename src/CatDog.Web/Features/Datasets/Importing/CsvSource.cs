namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>The files that a CSV names, in a folder of images or below it.</summary>
internal sealed class CsvSource(LabelCsv csv, string images) : PhotoSource
{
    private readonly string _images = Path.GetFullPath(images);
    private readonly Lazy<Dictionary<string, string>> _byName = new(() => IndexByName(images));

    public override IEnumerable<SourceEntry> Enumerate() => csv.Rows.Select(row => EntryOf(row.File) with { Label = row.Label });

    private SourceEntry EntryOf(string name)
    {
        try
        {
            var path = Path.GetFullPath(Path.Combine(_images, name));
            if (!path.StartsWith(_images + Path.DirectorySeparatorChar, StringComparison.Ordinal))
                return new(name, path) { Refusal = "The name leads out of the folder of images." };
            if (!File.Exists(path) && !_byName.Value.TryGetValue(Path.GetFileName(name), out path))
                return new(name, name) { Refusal = $"The CSV names it, but it is not in '{_images}'." };
            return FolderSource.Entry(new FileInfo(path), Path.GetRelativePath(_images, path).Replace('\\', '/'));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new(name, name) { Refusal = $"The file cannot be read: {e.Message}" };
        }
    }

    private static Dictionary<string, string> IndexByName(string folder)
    {
        var index = new Dictionary<string, string>(StringComparer.Ordinal);
        var below = new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true };
        foreach (var path in Directory.EnumerateFiles(folder, "*", below).Order(StringComparer.Ordinal)) index.TryAdd(Path.GetFileName(path), path);
        return index;
    }
}
