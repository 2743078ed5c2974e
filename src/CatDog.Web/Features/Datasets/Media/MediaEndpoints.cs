using Microsoft.Net.Http.Headers;

namespace CatDog.Web.Features.Datasets.Media;

internal static class MediaEndpoints
{
    /// <summary>
    /// A sample's bytes never change; but another data folder behind the same address has other samples of the same ids, so
    /// only an address that carries the photo's version may be kept unasked.
    /// </summary>
    private const string Versioned = "private, max-age=31536000, immutable";
    private const string Unversioned = "private, max-age=60";

    private static readonly string[] GetAndHead = [HttpMethods.Get, HttpMethods.Head];

    public static void MapMediaEndpoints(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/media/{sampleId:long}").WithTags("Photos");
        group.MapMethods("/thumb", GetAndHead, async (long sampleId, string? v, HttpResponse response, PhotoMedia media, CancellationToken cancellation) =>
            Answer(await media.ThumbnailAsync(sampleId, cancellation), v, response));
        group.MapMethods("/image", GetAndHead, async (long sampleId, string? v, HttpResponse response, PhotoMedia media, CancellationToken cancellation) =>
            Answer(await media.ImageAsync(sampleId, cancellation), v, response));
    }

    private static IResult Answer(PhotoFile file, string? version, HttpResponse response)
    {
        response.Headers.CacheControl = version is { Length: >= 8 } && file.Tag.StartsWith(version, StringComparison.Ordinal) ? Versioned : Unversioned;
        return TypedResults.PhysicalFile(file.Path, file.MediaType, entityTag: new EntityTagHeaderValue($"\"{file.Tag}\""), enableRangeProcessing: true);
    }
}
