using System.Globalization;
using System.Text.RegularExpressions;
using CsvHelper;

namespace CatDog.Training;

/// <summary>Which columns a predictions file has.</summary>
public enum PredictionsFormat
{
    /// <summary><c>sample_id,file_name,path,label,predicted_label,correct,p_&lt;class&gt;…,run_id</c>.</summary>
    Full,

    /// <summary><c>file_name,predicted_class_id</c>: the number is the class's place in the class names.</summary>
    Article,

    /// <summary><c>id,label</c>, label being the probability of the second class, sorted by the number in the file name.</summary>
    Kaggle,
}

/// <summary>What a model says of one sample.</summary>
/// <param name="SampleId">Null where there is no database.</param>
/// <param name="FileName">Without folders.</param>
/// <param name="Path">As the person knows it.</param>
/// <param name="Label">Null where nobody has given one.</param>
/// <param name="PredictedLabel">One of the class names.</param>
/// <param name="Probabilities">0..1, in the order of the class names.</param>
/// <param name="RunId">Null where the model is of no known run.</param>
public sealed record PredictionRow(
    long? SampleId, string FileName, string Path, string? Label, string PredictedLabel, IReadOnlyList<double> Probabilities, string? RunId);

/// <summary>Writes predictions as CSV: RFC 4180, invariant numbers, text cells that a spreadsheet would run as a formula defused.</summary>
public static partial class PredictionsCsv
{
    /// <summary>Writes UTF-8: a header and a line per row. Rows are streamed, but for <see cref="PredictionsFormat.Kaggle"/>, which has to sort.</summary>
    public static async Task WriteAsync(
        Stream stream, PredictionsFormat format, IReadOnlyList<string> classNames, IAsyncEnumerable<PredictionRow> rows, CancellationToken cancellation = default)
    {
        await using var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\r\n" }, leaveOpen: true);
        foreach (var column in Columns(format, classNames)) csv.WriteField(Defuse(column));
        await csv.EndRecordAsync(cancellation);
        await (format switch
        {
            PredictionsFormat.Full => WriteFullAsync(csv, classNames, rows, cancellation),
            PredictionsFormat.Article => WriteArticleAsync(csv, classNames, rows, cancellation),
            _ => WriteKaggleAsync(csv, rows, cancellation),
        });
        await csv.FlushAsync(cancellation);
    }

    private static IEnumerable<string> Columns(PredictionsFormat format, IReadOnlyList<string> classNames) => format switch
    {
        PredictionsFormat.Full => ["sample_id", "file_name", "path", "label", "predicted_label", "correct", .. classNames.Select(name => $"p_{name}"), "run_id"],
        PredictionsFormat.Article => ["file_name", "predicted_class_id"],
        _ => ["id", "label"],
    };

    private static async Task WriteFullAsync(
        CsvWriter csv, IReadOnlyList<string> classNames, IAsyncEnumerable<PredictionRow> rows, CancellationToken cancellation)
    {
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            csv.WriteField(row.SampleId?.ToString(CultureInfo.InvariantCulture));
            csv.WriteField(Defuse(row.FileName));
            csv.WriteField(Defuse(row.Path));
            csv.WriteField(Defuse(row.Label));
            csv.WriteField(Defuse(row.PredictedLabel));
            csv.WriteField(row.Label is null ? null : row.Label == row.PredictedLabel ? "true" : "false");
            for (var i = 0; i < classNames.Count; i++) csv.WriteField(Number(row.Probabilities[i]));
            csv.WriteField(Defuse(row.RunId));
            await csv.EndRecordAsync(cancellation);
        }
    }

    private static async Task WriteArticleAsync(
        CsvWriter csv, IReadOnlyList<string> classNames, IAsyncEnumerable<PredictionRow> rows, CancellationToken cancellation)
    {
        var numbers = classNames.Index().ToDictionary(c => c.Item, c => c.Index.ToString(CultureInfo.InvariantCulture));
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            csv.WriteField(Defuse(row.FileName));
            csv.WriteField(numbers[row.PredictedLabel]);
            await csv.EndRecordAsync(cancellation);
        }
    }

    private static async Task WriteKaggleAsync(CsvWriter csv, IAsyncEnumerable<PredictionRow> rows, CancellationToken cancellation)
    {
        var lines = new List<(long Id, double Probability)>();
        await foreach (var row in rows.WithCancellation(cancellation))
            lines.Add((NumberIn(row.FileName) ?? row.SampleId ?? lines.Count + 1, row.Probabilities.Count > 1 ? row.Probabilities[1] : 0));
        foreach (var (id, probability) in lines.OrderBy(line => line.Id))
        {
            csv.WriteField(id.ToString(CultureInfo.InvariantCulture));
            csv.WriteField(Number(probability));
            await csv.EndRecordAsync(cancellation);
        }
    }

    /// <summary>A spreadsheet runs a cell that begins like a formula; an apostrophe makes it text.</summary>
    private static string? Defuse(string? text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text;

    private static string Number(double value) => value.ToString("0.##########", CultureInfo.InvariantCulture);

    private static long? NumberIn(string fileName) =>
        long.TryParse(LastDigits().Match(Path.GetFileNameWithoutExtension(fileName)).Value, CultureInfo.InvariantCulture, out var number) ? number : null;

    [GeneratedRegex(@"\d+(?=\D*$)")]
    private static partial Regex LastDigits();
}
