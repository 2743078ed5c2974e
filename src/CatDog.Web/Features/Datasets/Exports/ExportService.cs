using System.IO.Compression;
using CatDog.Data;
using CatDog.Data.Datasets;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Datasets.Exports;

/// <summary>Labels and splits as files.</summary>
internal sealed class ExportService(IDbContextFactory<AppDbContext> databases)
{
    private static readonly (string FileName, Split Split)[] ArticleFiles =
        [("training_meta.csv", Split.Train), ("val_meta.csv", Split.Val), ("test_meta.csv", Split.Test)];

    /// <exception cref="UserException">404: there is no such data set.</exception>
    public async Task<Dataset> FindAsync(long datasetId, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Datasets.AsNoTracking().Include(d => d.Classes.OrderBy(c => c.Index)).SingleOrDefaultAsync(d => d.Id == datasetId, cancellation)
            ?? throw UserException.NotFound($"There is no data set {datasetId}. GET /api/datasets lists those there are.");
    }

    /// <exception cref="UserException">404: there is no such data set; the message names those there are.</exception>
    public async Task<Dataset> FindAsync(string name, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var found = await database.Datasets.AsNoTracking().Include(d => d.Classes.OrderBy(c => c.Index)).SingleOrDefaultAsync(d => d.Name == name, cancellation);
        if (found is not null) return found;
        var names = await database.Datasets.OrderBy(d => d.Name).Select(d => d.Name).Take(20).ToListAsync(cancellation);
        throw UserException.NotFound(names.Count == 0
            ? $"There is no data set called '{name}', nor any other. Import one first."
            : $"There is no data set called '{name}'. There are: {string.Join(", ", names)}.");
    }

    /// <summary>Writes one file; the article's three as a zip.</summary>
    /// <exception cref="UserException">400: the format cannot hold this data set.</exception>
    public Task WriteAsync(Stream stream, Dataset dataset, ExportFormat format, CancellationToken cancellation = default)
    {
        RequireFits(dataset, format);
        var rows = new ExportRows(databases, dataset.Id);
        return format switch
        {
            ExportFormat.Article => WriteZipAsync(stream, rows, cancellation),
            ExportFormat.Csv => CsvFiles.WriteCsvAsync(stream, rows.AllAsync(cancellation), cancellation),
            ExportFormat.Kaggle => CsvFiles.WriteKaggleAsync(stream, rows.LabelledAsync(cancellation), cancellation),
            ExportFormat.Lst => SageMakerFiles.WriteListAsync(stream, rows.LabelledAsync(cancellation), cancellation),
            _ => SageMakerFiles.WriteManifestAsync(stream, rows.WithHistoryAsync(cancellation), cancellation),
        };
    }

    /// <summary>Writes the article's three files into a folder, which is made where it is missing.</summary>
    public async Task WriteArticleFolderAsync(string folder, Dataset dataset, CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(folder);
        var rows = new ExportRows(databases, dataset.Id);
        foreach (var (fileName, split) in ArticleFiles)
        {
            await using var file = File.Create(Path.Combine(folder, fileName));
            await WriteArticleAsync(file, rows, split, cancellation);
        }
    }

    /// <exception cref="UserException">400: the format cannot hold this data set.</exception>
    public static void RequireFits(Dataset dataset, ExportFormat format)
    {
        if (format == ExportFormat.Kaggle && dataset.Classes.Count != 2)
            throw new UserException($"The kaggle format is for two classes, and this data set has {dataset.Classes.Count}. Use csv.", field: "format");
    }

    private static async Task WriteZipAsync(Stream stream, ExportRows rows, CancellationToken cancellation)
    {
        await using var zip = await ZipArchive.CreateAsync(stream, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancellation);
        foreach (var (fileName, split) in ArticleFiles)
        {
            await using var entry = await zip.CreateEntry(fileName).OpenAsync(cancellation);
            await WriteArticleAsync(entry, rows, split, cancellation);
        }
    }

    /// <summary>A sample without a label cannot be learnt from; the test file asks for labels and so gives none.</summary>
    private static Task WriteArticleAsync(Stream stream, ExportRows rows, Split split, CancellationToken cancellation)
    {
        var labelled = split != Split.Test;
        return CsvFiles.WriteArticleAsync(stream, rows.OfSplitAsync(split, labelledOnly: labelled, cancellation), withLabels: labelled, cancellation);
    }
}
