using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Datasets;

/// <summary>Keeps the thumbnails of photos, by the hash of the photo's bytes: the same photo in two data sets has one.</summary>
internal sealed class ThumbnailStore(DataFolder folder)
{
    /// <summary>The absolute path of the thumbnail, whether or not it is there.</summary>
    /// <param name="sha256">Lower-case hex of the photo's bytes.</param>
    public string PathOf(string sha256) => Path.Combine(folder.Thumbs, sha256[..2], $"{sha256}.jpg");

    public bool Has(string sha256) => File.Exists(PathOf(sha256));

    /// <summary>Keeps a thumbnail; a reader sees all of it or none.</summary>
    public async Task WriteAsync(string sha256, byte[] jpeg, CancellationToken cancellation = default)
    {
        var path = PathOf(sha256);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var temporary = $"{path}.{Guid.NewGuid():N}";
        try
        {
            await File.WriteAllBytesAsync(temporary, jpeg, cancellation);
            File.Move(temporary, path, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}
