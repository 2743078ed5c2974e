namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>Finds the label that a source gives to a file.</summary>
internal sealed class LabelReader(LabelMode mode, ClassNames classes, IReadOnlyList<LabelCsv> csvs, string? rootName)
{
    /// <summary>The class's id, null for no label; and a remark where there is a label that cannot be used.</summary>
    public (long? ClassId, string? Remark) Read(SourceEntry entry)
    {
        if (mode == LabelMode.None) return (null, null);
        if (mode is LabelMode.Csv or LabelMode.Detect && WrittenFor(entry) is { } written) return OfWritten(written);
        return (mode switch
        {
            LabelMode.Folder => OfFolders(entry.Path),
            LabelMode.FileName => classes.OfFileName(entry.FileName),
            LabelMode.Detect => classes.OfFolders(entry.Path) ?? classes.OfFileName(entry.FileName) ?? OfFolders(entry.Path),
            _ => null,
        }, null);
    }

    /// <summary>Takes the CSV that was named or, where none was, those beside the photos that hold this data set's labels.</summary>
    public static LabelReader For(ImportRequest request, PhotoSource source, ClassNames classes)
    {
        var mode = LabelModeName.Parse(request.Labels);
        IReadOnlyList<LabelCsv> csvs = request.Csv is { } named ? [LabelCsv.Read(named, classes)]
            : mode is LabelMode.Csv or LabelMode.Detect ? [.. source.CsvFiles.Select(path => LabelCsv.Read(path, classes)).Where(csv => csv.IsAbout(classes))]
            : [];
        return new(mode, classes, csvs, source.RootName);
    }

    /// <summary>True for a CSV that the labels are read from: it is no photo, and not a problem either.</summary>
    public bool Uses(SourceEntry entry) => entry.Location is not null && csvs.Any(csv => csv.Path == entry.Location);

    private string? WrittenFor(SourceEntry entry) => entry.Label ?? csvs.Select(csv => csv.Find(entry.Path)).FirstOrDefault(label => label is not null);

    /// <summary>Files that lie directly in a source folder called <c>cats</c> are in a folder named like a class, too.</summary>
    private long? OfFolders(string path) =>
        classes.OfFolders(path) ?? (rootName is not null && !path.Contains('/', StringComparison.Ordinal) ? classes.OfWord(rootName) : null);

    private (long? ClassId, string? Remark) OfWritten(string label)
    {
        if (label.Length == 0) return (null, null);
        return classes.OfLabel(label) is { } id ? (id, null) : (null, $"Imported without a label: '{label}' is not a class of this data set.");
    }
}
