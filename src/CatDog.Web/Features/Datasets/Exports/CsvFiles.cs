using System.Globalization;
using CsvHelper;
using static CatDog.Training.PredictionsCsv;

namespace CatDog.Web.Features.Datasets.Exports;

/// <summary>The formats that are CSV: UTF-8, RFC 4180, invariant numbers, spreadsheet formulas defused.</summary>
internal static class CsvFiles
{
    public static async Task WriteCsvAsync(Stream stream, IAsyncEnumerable<ExportRow> rows, CancellationToken cancellation)
    {
        await using var csv = await StartAsync(stream, ["sample_id", "file_name", "path", "label", "split", "width", "height", "sha256"], cancellation);
        await foreach (var row in rows.WithCancellation(cancellation))
        {
            await EndAsync(
                csv,
                [Number(row.Id), Defuse(row.FileName), Defuse(row.Path), Defuse(row.Label), SplitName.From(row.Split), Number(row.Width), Number(row.Height), row.Sha256],
                cancellation);
        }

        await csv.FlushAsync(cancellation);
    }

    /// <summary>The path is what a trainer finds below the folder of photos; for a folder without subfolders it is the file's name.</summary>
    public static async Task WriteArticleAsync(Stream stream, IAsyncEnumerable<ExportRow> rows, bool withLabels, CancellationToken cancellation)
    {
        await using var csv = await StartAsync(stream, ["file_name", "label"], cancellation);
        await foreach (var row in rows.WithCancellation(cancellation))
            await EndAsync(csv, [Defuse(row.Path), withLabels ? Defuse(row.Label) : null], cancellation);
        await csv.FlushAsync(cancellation);
    }

    /// <summary>Sorted by id: the numbers in the files' names where each has its own, as Kaggle's test photos do; else the samples' ids.</summary>
    public static async Task WriteKaggleAsync(Stream stream, IAsyncEnumerable<ExportRow> rows, CancellationToken cancellation)
    {
        var lines = new List<(long Id, long? Number, int Label)>();
        await foreach (var row in rows.WithCancellation(cancellation)) lines.Add((row.Id, NumberOf(row.FileName), row.ClassIndex ?? 0));
        var byNumber = lines.All(l => l.Number is not null) && lines.DistinctBy(l => l.Number).Count() == lines.Count;

        await using var csv = await StartAsync(stream, ["id", "label"], cancellation);
        foreach (var (id, label) in lines.Select(l => (Id: byNumber ? l.Number!.Value : l.Id, l.Label)).OrderBy(l => l.Id))
            await EndAsync(csv, [Number(id), Number(label)], cancellation);
        await csv.FlushAsync(cancellation);
    }

    private static async Task<CsvWriter> StartAsync(Stream stream, IEnumerable<string> columns, CancellationToken cancellation)
    {
        var csv = CsvWriter.Create(stream, new CsvWriterOptions { NewLine = "\r\n" }, leaveOpen: true);
        await EndAsync(csv, columns, cancellation);
        return csv;
    }

    private static async Task EndAsync(CsvWriter csv, IEnumerable<string?> cells, CancellationToken cancellation)
    {
        foreach (var cell in cells) csv.WriteField(cell);
        await csv.EndRecordAsync(cancellation);
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static long? NumberOf(string fileName) =>
        long.TryParse(Path.GetFileNameWithoutExtension(fileName), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
