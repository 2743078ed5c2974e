using System.Security.Cryptography;

namespace CatDog.Data.Storage;

/// <summary>Keeps bytes in a folder under the name of their SHA-256, so that the same bytes are kept once.</summary>
public sealed class FileBlobStore(string root)
{
    /// <summary>The absolute path of the blob with this key, whether or not it is there.</summary>
    /// <param name="sha256">Lower-case hex of the bytes' SHA-256.</param>
    public string PathOf(string sha256) => Path.Combine(root, sha256[..2], sha256);

    /// <summary>Keeps a file's bytes; when this returns, they are on disk under their hash.</summary>
    /// <returns>The key: lower-case hex of the bytes' SHA-256.</returns>
    public async Task<string> PutAsync(Stream content, CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(root);
        var temporary = Path.Combine(root, Path.GetRandomFileName());
        try
        {
            var key = await WriteAsync(content, temporary, cancellation);
            var final = PathOf(key);
            Directory.CreateDirectory(Path.GetDirectoryName(final)!);
            File.Move(temporary, final, overwrite: true);
            return key;
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    private static async Task<string> WriteAsync(Stream content, string path, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        var buffer = new byte[1 << 16];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellation)) > 0)
        {
            hash.AppendData(buffer, 0, read);
            await file.WriteAsync(buffer.AsMemory(0, read), cancellation);
        }

        file.Flush(flushToDisk: true);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
