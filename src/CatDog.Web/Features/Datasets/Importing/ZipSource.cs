using System.IO.Compression;
using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>A .zip. Nothing is unpacked under a member's own name: its bytes go to the blob store under their hash.</summary>
internal sealed class ZipSource : PhotoSource
{
    private const int MostMembers = 2_000_000;
    private const long MostBytes = 500L << 30;
    private const int BombRatio = 200;

    private readonly ZipArchive _archive;
    private readonly string _path;
    private readonly Lock _reading = new();

    /// <exception cref="UserException">It is damaged, or it is a zip bomb.</exception>
    public ZipSource(string path)
    {
        _path = Path.GetFullPath(path);
        try
        {
            _archive = new ZipArchive(File.OpenRead(path), ZipArchiveMode.Read, leaveOpen: false, new ZipNameEncoding());
            Guard(_archive.Entries, new FileInfo(path).Length);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new UserException($"The zip '{path}' cannot be read: {e.Message}", e, field: "source");
        }
    }

    public static bool IsZip(string path)
    {
        using var file = File.OpenRead(path);
        Span<byte> start = stackalloc byte[4];
        return file.ReadAtLeast(start, 4, throwOnEndOfStream: false) == 4 && IsZip(start);
    }

    /// <summary>Local header or, in an empty archive, the end of its directory.</summary>
    public static bool IsZip(ReadOnlySpan<byte> bytes) => bytes.StartsWith("PK\x03\x04"u8) || bytes.StartsWith("PK\x05\x06"u8);

    public override IEnumerable<SourceEntry> Enumerate()
    {
        var refusedFolders = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in _archive.Entries.OrderBy(m => m.FullName, StringComparer.Ordinal))
        {
            var path = member.FullName.Replace('\\', '/');
            if (path.EndsWith('/')) continue;
            if (RefuseFolderOf(path) is var (folder, reason))
            {
                if (refusedFolders.Add(folder)) yield return new(folder, $"{_path}!{folder}") { Refusal = reason };
                continue;
            }

            yield return new(path, $"{_path}!{path}")
            {
                Size = member.Length,
                ModifiedAt = member.LastWriteTime.UtcDateTime,
                Refusal = Refuse(member, path),
                Read = () => Read(member),
            };
        }
    }

    public override void Dispose()
    {
        _archive.Dispose();
        base.Dispose();
    }

    private static void Guard(IReadOnlyCollection<ZipArchiveEntry> members, long size)
    {
        if (members.Count > MostMembers) throw new UserException($"The zip has more than {MostMembers:N0} files. Unpack it and import the folder.", field: "source");
        var unpacked = members.Sum(m => m.Length);
        if (unpacked > MostBytes || unpacked / BombRatio > size + (1 << 20))
            throw new UserException($"The zip would unpack to {unpacked:N0} bytes, far more than photos can: it looks like a zip bomb.", field: "source");
    }

    private static (string Folder, string Reason)? RefuseFolderOf(string path)
    {
        var folders = path.Split('/')[..^1];
        for (var depth = 0; depth < folders.Length; depth++)
        {
            if (folders[depth] is not ("." or "..") && JunkNames.RefuseFolder(folders[depth]) is { } reason)
                return (string.Join('/', folders[..(depth + 1)]) + "/", reason);
        }

        return null;
    }

    private static string? Refuse(ZipArchiveEntry member, string path)
    {
        if (path.StartsWith('/') || path.Split('/').Any(part => part == "..") || (path.Length > 1 && path[1] == ':'))
            return "Its path leads out of the zip.";
        if (member.IsEncrypted) return "It is protected by a password.";
        return JunkNames.RefuseFile(member.Name) ?? member.Length switch
        {
            0 => "The file is empty.",
            > LargestFile => TooLarge,
            _ => null,
        };
    }

    /// <summary>One member at a time: an archive has one position. The size that a member claims is not trusted.</summary>
    private byte[] Read(ZipArchiveEntry member)
    {
        lock (_reading)
        {
            using var content = member.Open();
            var bytes = new byte[member.Length];
            var read = content.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (read < bytes.Length || content.ReadByte() >= 0) throw new InvalidDataException("The zip says another size than it holds.");
            return bytes;
        }
    }
}
