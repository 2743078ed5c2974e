using System.Security.Cryptography;
using CatDog.Data;
using CatDog.Training.Images;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>Reads one file of a source: is it a photo, what does it look like, and where are its bytes kept.</summary>
internal sealed class PhotoIntake(IDbContextFactory<AppDbContext> databases, DataFolder folder, ThumbnailStore thumbnails) : IDisposable
{
    private const int ThumbnailSide = 256;
    private const long HugePixels = 24_000_000;
    private const long HugeFile = 64L << 20;

    /// <summary>Only one picture at a time may take hundreds of megabytes.</summary>
    private readonly SemaphoreSlim _huge = new(1);

    public async Task<Outcome> TakeAsync(long datasetId, SourceEntry entry, CancellationToken cancellation)
    {
        if (entry.Refusal is { } refusal) return new Refused(entry, refusal);
        var isHuge = entry.Size > HugeFile;
        if (isHuge) await _huge.WaitAsync(cancellation);
        try
        {
            var bytes = entry.Read();
            if (ZipSource.IsZip(bytes)) return new Refused(entry, "An archive inside the source. Unpack it, or import it by itself.");
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes));
            var look = await IsKnownAsync(datasetId, sha256, cancellation) ? null : await LookAsync(bytes, sha256, isHuge, cancellation);
            return new Photo(entry, sha256, entry.Location ?? await KeepAsync(bytes, sha256, cancellation), look);
        }
        catch (ImageException e)
        {
            return new Refused(entry, e.Message);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or UnauthorizedAccessException or InvalidDataException or NotSupportedException)
        {
            return new Refused(entry, $"The file cannot be read: {e.Message}");
        }
        finally
        {
            if (isHuge) _huge.Release();
        }
    }

    public void Dispose() => _huge.Dispose();

    private async Task<bool> IsKnownAsync(long datasetId, string sha256, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Samples.AnyAsync(s => s.DatasetId == datasetId && s.Sha256 == sha256, cancellation);
    }

    private async Task<PhotoLook> LookAsync(byte[] bytes, string sha256, bool isAlone, CancellationToken cancellation)
    {
        var header = ImageDecoder.Identify(bytes);
        var waits = header.Pixels > HugePixels && !isAlone;
        if (waits) await _huge.WaitAsync(cancellation);
        try
        {
            var image = ImageDecoder.Decode(bytes, ShorterSideOfThumbnail(header));
            await thumbnails.WriteAsync(sha256, Thumbnail.Encode(image, ThumbnailSide), cancellation);
            return new(header.MediaType, header.Width, header.Height, PerceptualHash.Compute(image));
        }
        finally
        {
            if (waits) _huge.Release();
        }
    }

    private static int ShorterSideOfThumbnail(ImageHeader header) =>
        Math.Max(32, ThumbnailSide * Math.Min(header.Width, header.Height) / Math.Max(header.Width, header.Height));

    private async Task<string> KeepAsync(byte[] bytes, string sha256, CancellationToken cancellation)
    {
        if (!File.Exists(folder.Blobs.PathOf(sha256)))
        {
            using var content = new MemoryStream(bytes, writable: false);
            await folder.Blobs.PutAsync(content, cancellation);
        }

        return SampleLocations.OfBlob(sha256);
    }
}
