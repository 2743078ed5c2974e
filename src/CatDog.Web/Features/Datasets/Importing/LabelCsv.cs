using CatDog.Web.Hosting;
using CsvHelper;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>A CSV of file names and labels, read by position: the first column names a file, the second its label.</summary>
internal sealed class LabelCsv
{
    private readonly Dictionary<string, string> _labels = new(StringComparer.Ordinal);

    private LabelCsv(string path, IReadOnlyList<(string File, string Label)> rows)
    {
        Path = System.IO.Path.GetFullPath(path);
        Rows = rows;
        foreach (var (file, label) in rows) _labels.TryAdd(file, label);
    }

    public string Path { get; }

    public IReadOnlyList<(string File, string Label)> Rows { get; }

    /// <exception cref="UserException">The file is not there or is not a CSV.</exception>
    public static LabelCsv Read(string path, ClassNames classes)
    {
        try
        {
            return new LabelCsv(path, [.. ReadRows(path, classes)]);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CsvFormatException or CsvValidationException)
        {
            throw new UserException($"The CSV '{path}' cannot be read: {e.Message}", e, field: "csv");
        }
    }

    /// <summary>The label of a file by its relative path or, failing that, its bare name; null where the CSV does not name it.</summary>
    public string? Find(string path) =>
        _labels.TryGetValue(path, out var label) || _labels.TryGetValue(path[(path.LastIndexOf('/') + 1)..], out label) ? label : null;

    /// <summary>True if it holds labels of this data set, rather than being just some CSV.</summary>
    public bool IsAbout(ClassNames classes) =>
        Rows.Any(r => r.Label.Length > 0) && Rows.Where(r => r.Label.Length > 0).All(r => classes.OfWord(r.Label) is not null);

    private static IEnumerable<(string File, string Label)> ReadRows(string path, ClassNames classes)
    {
        var options = new CsvReaderOptions { HasHeader = false, MissingField = CsvMissingFieldHandling.ReturnEmpty, TrimWhitespace = true, MaxRecordSize = 1 << 20 };
        using var csv = CsvReader.FromFile(path, options, FileOptions.SequentialScan);
        for (var row = 0; csv.Read(); row++)
        {
            var file = csv.GetString(0).Replace('\\', '/');
            var label = csv.GetString(1);
            // The article's files begin with a header; a first row with a class in it is none.
            if (file.Length == 0 || (row == 0 && classes.OfWord(label) is null)) continue;
            yield return (file.StartsWith("./", StringComparison.Ordinal) ? file[2..] : file, label);
        }
    }
}
