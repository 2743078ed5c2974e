using CsvHelper;

namespace CatDog.Training.Scripting;

/// <summary>A line of an article CSV.</summary>
/// <param name="FileName">As it stands there.</param>
/// <param name="Label">Lower case; null where the column is empty or absent.</param>
public sealed record ArticleRow(string FileName, string? Label);

/// <summary>The article's CSV files: a header line, then file name and label, read by position.</summary>
public static class ArticleCsv
{
    /// <exception cref="TrainingException">The file cannot be read or has no rows.</exception>
    public static IReadOnlyList<ArticleRow> Read(string path)
    {
        try
        {
            using var csv = CsvReader.FromFile(path, new CsvReaderOptions { HasHeader = true, FieldCountMismatch = CsvFieldCountHandling.Allow });
            var rows = new List<ArticleRow>();
            while (csv.Read())
            {
                var label = csv.FieldCount > 1 ? csv.GetString(1).Trim().ToLowerInvariant() : "";
                if (csv.GetString(0).Trim() is { Length: > 0 } name) rows.Add(new(name, label.Length > 0 ? label : null));
            }

            return rows.Count > 0 ? rows : throw new TrainingException($"The CSV '{path}' has no rows below its header.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new TrainingException($"The CSV '{path}' cannot be read: {e.Message}", e);
        }
    }
}
