using CatDog.Data.Storage;

namespace CatDog.Web.Hosting;

/// <summary>Where everything that CatDog keeps is. Held by one process at a time.</summary>
public sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream heldLock)
    {
        Path = path;
        _lock = heldLock;
        Blobs = new FileBlobStore(At("blobs"));
    }

    public static string DefaultPath =>
        Environment.GetEnvironmentVariable("CATDOG_DATA") is { Length: > 0 } path
            ? path
            : System.IO.Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "catdog");

    public string Path { get; }

    /// <summary>The bytes of uploaded and unzipped photos.</summary>
    public FileBlobStore Blobs { get; }

    public string Thumbs => At("thumbs");

    public string Runs => At("runs");

    /// <summary>Uploads that wait to be imported.</summary>
    public string Uploads => At("uploads");

    public string Drawn => At("drawn");

    public string Keys => At("keys");

    /// <exception cref="UserException">The folder cannot be made or written, or another CatDog holds it.</exception>
    public static DataFolder Open(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        try
        {
            Directory.CreateDirectory(path);
            return new DataFolder(path, new FileStream(System.IO.Path.Combine(path, "catdog.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UserException($"The data folder '{path}' cannot be written: {e.Message} Choose another with --data.", e);
        }
        catch (IOException e)
        {
            throw new UserException($"The data folder '{path}' is in use by another CatDog, or cannot be written ({e.Message}). Stop the other one, or choose another folder with --data.", e);
        }
    }

    public void Dispose() => _lock.Dispose();

    private string At(string name) => System.IO.Path.Combine(Path, name);
}
