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
    private static readonly CsvWriterOptions Options = new() { NewLine = "\r\n" };

    /// <summary>Writes UTF-8: a header and a line per row. Rows are streamed, but for <see cref="PredictionsFormat.Kaggle"/>, which has to sort.</summary>
    public static async Task WriteAsync(
        Stream stream, PredictionsFormat format, IReadOnlyList<string> classNames, IAsyncEnumerable<PredictionRow> rows, CancellationToken cancellation = default)
    {
        await using var csv = CsvWriter.Create(stream, Options, leaveOpen: true);
        csv.WriteRecord(Columns(format, classNames));
        if (format == PredictionsFormat.Kaggle) rows = (await rows.ToListAsync(cancellation)).OrderBy(Number).ToAsyncEnumerable();
        await foreach (var row in rows.WithCancellation(cancellation))
            await csv.WriteRecordAsync(Cells(format, classNames, row), cancellation);
        await csv.FlushAsync(cancellation);
    }

    /// <inheritdoc cref="WriteAsync"/>
    public static void Write(Stream stream, PredictionsFormat format, IReadOnlyList<string> classNames, IEnumerable<PredictionRow> rows)
    {
        using var csv = CsvWriter.Create(stream, Options, leaveOpen: true);
        csv.WriteRecord(Columns(format, classNames));
        foreach (var row in format == PredictionsFormat.Kaggle ? rows.OrderBy(Number) : rows) csv.WriteRecord(Cells(format, classNames, row));
        csv.Flush();
    }

    private static string[] Columns(PredictionsFormat format, IReadOnlyList<string> classNames) => format switch
    {
        PredictionsFormat.Full =>
            ["sample_id", "file_name", "path", "label", "predicted_label", "correct", .. classNames.Select(name => Defuse($"p_{name}")), "run_id"],
        PredictionsFormat.Article => ["file_name", "predicted_class_id"],
        _ => ["id", "label"],
    };

    private static string[] Cells(PredictionsFormat format, IReadOnlyList<string> classNames, PredictionRow row) => format switch
    {
        PredictionsFormat.Full =>
        [
            row.SampleId?.ToString(CultureInfo.InvariantCulture) ?? "",
            Defuse(row.FileName),
            Defuse(row.Path),
            Defuse(row.Label),
            Defuse(row.PredictedLabel),
            row.Label is null ? "" : row.Label == row.PredictedLabel ? "true" : "false",
            .. row.Probabilities.Select(Text),
            Defuse(row.RunId),
        ],
        PredictionsFormat.Article =>
            [Defuse(row.FileName), classNames.Index().First(c => c.Item == row.PredictedLabel).Index.ToString(CultureInfo.InvariantCulture)],
        _ => [Number(row).ToString(CultureInfo.InvariantCulture), Text(row.Probabilities.Count > 1 ? row.Probabilities[1] : 0)],
    };

    /// <summary>A spreadsheet runs a cell that begins like a formula; an apostrophe makes it text.</summary>
    public static string Defuse(string? text) => text is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? "'" + text : text ?? "";

    private static string Text(double value) => value.ToString("0.##########", CultureInfo.InvariantCulture);

    /// <summary>The last number in the file's name, such as 12 of <c>cat.12.jpg</c>.</summary>
    private static long Number(PredictionRow row) =>
        long.TryParse(LastDigits().Match(Path.GetFileNameWithoutExtension(row.FileName)).Value, CultureInfo.InvariantCulture, out var number)
            ? number
            : row.SampleId ?? 0;

    [GeneratedRegex(@"\d+(?=\D*$)")]
    private static partial Regex LastDigits();
}
