using CatDog.Data;
using CatDog.Data.Datasets;
using CatDog.Training.Images;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Datasets.Media;

/// <summary>The bytes of a sample that a browser shows right.</summary>
internal sealed class PhotoMedia(IDbContextFactory<AppDbContext> databases, SampleLocations locations, ThumbnailStore thumbnails)
{
    /// <summary>Of the longer side; made anew only where the import's own is gone.</summary>
    private const int ThumbnailSide = 256;
    private const int LargestTranscoded = 4096;

    private static readonly string[] ShownByBrowsers = ["image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp"];

    /// <exception cref="UserException">404: there is no such sample, or its file is gone.</exception>
    public async Task<PhotoFile> ThumbnailAsync(long sampleId, CancellationToken cancellation)
    {
        var sample = await FindAsync(sampleId, cancellation);
        if (!thumbnails.Has(sample.Sha256))
            await thumbnails.WriteAsync(sample.Sha256, Thumbnail.Encode(ImageDecoder.Decode(await ReadAsync(sample, cancellation), ThumbnailSide), ThumbnailSide), cancellation);
        return new(thumbnails.PathOf(sample.Sha256), "image/jpeg", sample.Sha256);
    }

    /// <summary>The original where browsers show it upright and still, otherwise a JPEG made of it once.</summary>
    /// <exception cref="UserException">404: there is no such sample, or its file is gone.</exception>
    public async Task<PhotoFile> ImageAsync(long sampleId, CancellationToken cancellation)
    {
        var sample = await FindAsync(sampleId, cancellation);
        var key = sample.Sha256 + ".upright";
        if (thumbnails.Has(key)) return Transcoded();
        var bytes = await ReadAsync(sample, cancellation);
        var header = ImageDecoder.Identify(bytes);
        if (ShownByBrowsers.Contains(header.MediaType) && header is { Orientation: ImageOrientation.TopLeft, FrameCount: 1 })
            return new(locations.Resolve(sample.Location), header.MediaType, sample.Sha256);
        await thumbnails.WriteAsync(key, Thumbnail.Encode(ImageDecoder.Decode(bytes), LargestTranscoded), cancellation);
        return Transcoded();

        PhotoFile Transcoded() => new(thumbnails.PathOf(key), "image/jpeg", sample.Sha256 + "-upright");
    }

    private async Task<Sample> FindAsync(long id, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Samples.AsNoTracking().SingleOrDefaultAsync(s => s.Id == id, cancellation) ?? throw UserException.NotFound($"There is no sample {id}.");
    }

    private async Task<byte[]> ReadAsync(Sample sample, CancellationToken cancellation)
    {
        var path = locations.Resolve(sample.Location);
        try
        {
            return await File.ReadAllBytesAsync(path, cancellation);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserException($"The photo's file '{path}' is gone or cannot be read. Put it back, or import it again from where it is now.", e, StatusCodes.Status404NotFound);
        }
    }
}

/// <param name="Tag">Changes with the bytes.</param>
internal sealed record PhotoFile(string Path, string MediaType, string Tag);
