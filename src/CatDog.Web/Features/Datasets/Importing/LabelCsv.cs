using CatDog.Web.Hosting;
using CsvHelper;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>A CSV of file names and labels, read by position: the first column names a file, the second its label.</summary>
internal sealed class LabelCsv
{
    private static readonly CsvReaderOptions Options = new() { HasHeader = false, MissingField = CsvMissingFieldHandling.ReturnEmpty, TrimWhitespace = true, MaxRecordSize = 1 << 20 };

    /// <summary>By path and, where only one row has it, by bare file name.</summary>
    private readonly Dictionary<string, string> _byPath = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string?> _byName = new(StringComparer.Ordinal);

    private LabelCsv(string origin, IReadOnlyList<(string File, string Label)> rows)
    {
        Origin = origin;
        Rows = rows;
        foreach (var (file, label) in rows)
        {
            if (!_byPath.TryAdd(file, label)) continue;
            var name = file[(file.LastIndexOf('/') + 1)..];
            if (!_byName.TryAdd(name, label)) _byName[name] = null;
        }
    }

    /// <summary>What tells it from all other files, as <see cref="SourceEntry.Origin"/> does.</summary>
    public string Origin { get; }

    public IReadOnlyList<(string File, string Label)> Rows { get; }

    /// <exception cref="UserException">The file is not there or is not a CSV.</exception>
    public static LabelCsv Read(string path, ClassNames classes) => Read(Path.GetFullPath(path), () => File.ReadAllBytes(path), classes);

    /// <exception cref="UserException">It cannot be read or is not a CSV.</exception>
    public static LabelCsv Read(SourceEntry entry, ClassNames classes) => Read(entry.Origin, entry.Read, classes);

    /// <summary>The label of a file by its path, or by the end of it, or by its bare name; null where the CSV does not name it.</summary>
    public string? Find(string path)
    {
        for (var end = path; ; end = end[(end.IndexOf('/', StringComparison.Ordinal) + 1)..])
        {
            if (_byPath.TryGetValue(end, out var label)) return label;
            if (!end.Contains('/', StringComparison.Ordinal)) return _byName.GetValueOrDefault(end);
        }
    }

    /// <summary>True if it holds labels of this data set, rather than being just some CSV.</summary>
    public bool IsAbout(ClassNames classes) =>
        Rows.Any(r => r.Label.Length > 0) && Rows.Where(r => r.Label.Length > 0).All(r => classes.OfWord(r.Label) is not null);

    private static LabelCsv Read(string origin, Func<byte[]> read, ClassNames classes)
    {
        try
        {
            return new LabelCsv(origin, [.. RowsOf(read(), classes)]);
        }
        catch (Exception e) when (e is IOException or InvalidDataException or UnauthorizedAccessException or CsvFormatException or CsvValidationException)
        {
            throw new UserException($"The CSV '{origin}' cannot be read: {e.Message}", e, field: "csv");
        }
    }

    private static IEnumerable<(string File, string Label)> RowsOf(byte[] bytes, ClassNames classes)
    {
        using var csv = CsvReader.Create(bytes, Options);
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
