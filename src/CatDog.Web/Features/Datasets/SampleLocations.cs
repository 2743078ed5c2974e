using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Datasets;

/// <summary>Where a sample's bytes are on this machine.</summary>
internal sealed class SampleLocations(DataFolder folder)
{
    private const string BlobPrefix = "blob:";

    public static string OfBlob(string sha256) => BlobPrefix + sha256;

    /// <summary>The absolute path of the file behind a <c>Sample.Location</c>, whether or not it is there.</summary>
    public string Resolve(string location) =>
        location.StartsWith(BlobPrefix, StringComparison.Ordinal) ? folder.Blobs.PathOf(location[BlobPrefix.Length..]) : location;
}
