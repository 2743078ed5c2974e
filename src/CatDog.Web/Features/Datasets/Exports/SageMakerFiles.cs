using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using CatDog.Data.Datasets;

namespace CatDog.Web.Features.Datasets.Exports;

/// <summary>What SageMaker's image classification reads.</summary>
internal static class SageMakerFiles
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line a labelled sample: its id, its class's number, its path, with tabs between.</summary>
    public static async Task WriteListAsync(Stream stream, IAsyncEnumerable<ExportRow> rows, CancellationToken cancellation)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true) { NewLine = "\n" };
        await foreach (var row in rows.WithCancellation(cancellation))
            await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{row.Id}\t{row.ClassIndex}\t{OneCell(row.Path)}").AsMemory(), cancellation);
    }

    /// <summary>An augmented manifest: one JSON object a line. Photos that did not come from S3 are named by their path, to be prefixed with where they are uploaded to.</summary>
    public static async Task WriteManifestAsync(Stream stream, IAsyncEnumerable<LabelledRow> rows, CancellationToken cancellation)
    {
        await foreach (var labelled in rows.WithCancellation(cancellation))
        {
            var line = new MemoryStream();
            await using (var json = new Utf8JsonWriter(line, Compact)) WriteObject(json, labelled);
            line.WriteByte((byte)'\n');
            line.Position = 0;
            await line.CopyToAsync(stream, cancellation);
        }
    }

    private static void WriteObject(Utf8JsonWriter json, LabelledRow labelled)
    {
        var row = labelled.Row;
        json.WriteStartObject();
        json.WriteString("source-ref", labelled.Origin?.StartsWith("s3://", StringComparison.Ordinal) == true ? labelled.Origin : row.Path);
        json.WriteNumber("class", row.ClassIndex ?? 0);
        json.WriteStartObject("class-metadata");
        json.WriteString("class-name", row.Label);
        json.WriteNumber("confidence", 1);
        json.WriteString("type", "groundtruth/image-classification");
        json.WriteString("job-name", "catdog");
        json.WriteString("human-annotated", labelled.Source == LabelSource.Prediction ? "no" : "yes");
        json.WriteString("creation-date", labelled.LabelledAt.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture));
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>The format has no way to write a tab or a line break within a cell.</summary>
    private static string OneCell(string text) => text.Replace('\t', ' ').Replace('\n', ' ').Replace('\r', ' ');
}
