namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>A folder and all below it. Its photos stay where they are, unless the folder goes away after the import.</summary>
internal sealed class FolderSource(string root, bool copy) : PhotoSource
{
    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    public override IEnumerable<string> CsvFiles => Directory.EnumerateFiles(root, "*.csv").Order(StringComparer.Ordinal);

    public override string? RootName => Path.GetFileName(Path.TrimEndingDirectorySeparator(root));

    public override IEnumerable<SourceEntry> Enumerate() => Enumerate(new DirectoryInfo(root), "");

    /// <summary>A file as an entry that is read in place.</summary>
    public static SourceEntry Entry(FileInfo file, string path, bool copy = false) => new(path, file.FullName)
    {
        Size = file.Length,
        ModifiedAt = file.LastWriteTimeUtc,
        Location = copy ? null : file.FullName,
        Refusal = JunkNames.RefuseFile(file.Name) ?? RefuseSize(file.Length),
        Read = () => File.ReadAllBytes(file.FullName),
    };

    private IEnumerable<SourceEntry> Enumerate(DirectoryInfo folder, string prefix)
    {
        if (!TryList(folder, out var children, out var problem))
        {
            yield return new(prefix.Length == 0 ? "." : prefix, folder.FullName) { Refusal = problem };
            yield break;
        }

        foreach (var child in children)
        {
            var path = prefix + child.Name;
            if (child is FileInfo file)
                yield return EntryOf(file, path);
            else if (RefuseFolder((DirectoryInfo)child) is { } refusal)
                yield return new(path + "/", child.FullName) { Refusal = refusal };
            else
                foreach (var entry in Enumerate((DirectoryInfo)child, path + "/")) yield return entry;
        }
    }

    private static string? RefuseFolder(DirectoryInfo folder) =>
        JunkNames.RefuseFolder(folder.Name) ?? (folder.LinkTarget is null ? null : "A link to a folder; links are not followed.");

    private SourceEntry EntryOf(FileInfo file, string path)
    {
        try
        {
            return Entry(file, path, copy);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new(path, file.FullName) { Refusal = $"The file cannot be read: {e.Message}" };
        }
    }

    // A pipe or a device has no size either: opening it could wait for ever.
    private static string? RefuseSize(long size) => size switch
    {
        0 => "The file is empty.",
        > LargestFile => TooLarge,
        _ => null,
    };

    private static bool TryList(DirectoryInfo folder, out FileSystemInfo[] children, out string problem)
    {
        try
        {
            children = [.. folder.EnumerateFileSystemInfos("*", Everything).OrderBy(c => c.Name, StringComparer.Ordinal)];
            problem = "";
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            children = [];
            problem = $"The folder cannot be read: {e.Message}";
            return false;
        }
    }
}
