using CatDog.Web.Hosting;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>Streams uploaded photos or a zip to disk and has them imported.</summary>
internal sealed class UploadService(DatasetService datasets, ImportService imports, DataFolder folder)
{
    /// <returns>The import's id.</returns>
    /// <exception cref="UserException">404: no such data set; 400: it is no multipart upload or there is no file in it.</exception>
    public async Task<long> ReceiveAsync(long datasetId, HttpRequest request, string? labels, CancellationToken cancellation)
    {
        await datasets.GetAsync(datasetId, cancellation);
        LabelModeName.Parse(labels);
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 } boundary)
            throw new UserException("Upload the photos, or one .zip, as multipart/form-data.");

        var target = Path.Combine(folder.Uploads, Guid.NewGuid().ToString("N"));
        Directory.CreateDirectory(target);
        try
        {
            var files = await SaveAsync(new MultipartReader(boundary, request.Body), target, cancellation);
            if (files.Count == 0) throw new UserException("There is no file in the upload.");
            var isZip = files.Count == 1 && new FileInfo(files[0]).Length > 0 && ZipSource.IsZip(files[0]);
            var shown = files.Count == 1 ? $"Upload of {Path.GetFileName(files[0])}" : $"Upload of {files.Count} files";
            return await imports.StartAsync(datasetId, new ImportRequest(isZip ? files[0] : target, labels) { IsUpload = true }, shown, cancellation);
        }
        catch
        {
            UploadFolder.Remove(target);
            throw;
        }
    }

    private static async Task<IReadOnlyList<string>> SaveAsync(MultipartReader reader, string target, CancellationToken cancellation)
    {
        var files = new List<string>();
        try
        {
            while (await reader.ReadNextSectionAsync(cancellation) is { } section)
            {
                if (section.AsFileSection() is not { FileStream: { } content } file || file.FileName.Length == 0) continue;
                var path = FreePath(target, file.FileName);
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                await using var saved = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
                await content.CopyToAsync(saved, cancellation);
                files.Add(path);
            }
        }
        catch (Exception e) when (e is InvalidDataException || (e is IOException && !cancellation.IsCancellationRequested && e is not BadHttpRequestException))
        {
            throw new UserException($"The upload broke off or could not be saved: {e.Message}", e);
        }

        return files;
    }

    /// <summary>
    /// A name chosen by a browser, with its folders (they may be labels), inside the target whatever it says; a second file of
    /// the same name gets a number in front, which leaves its folder and its ending alone.
    /// </summary>
    private static string FreePath(string target, string fileName)
    {
        var parts = fileName.Replace('\\', '/').Split('/', StringSplitOptions.RemoveEmptyEntries).Where(p => p is not ("." or "..") && !p.Contains('\0', StringComparison.Ordinal)).ToArray();
        if (parts.Length == 0) parts = ["unnamed"];
        var parent = Path.Combine([target, .. parts[..^1]]);
        var path = Path.Combine(parent, parts[^1]);
        for (var n = 2; Path.Exists(path); n++) path = Path.Combine(parent, n.ToString(System.Globalization.CultureInfo.InvariantCulture), parts[^1]);
        return path;
    }
}
