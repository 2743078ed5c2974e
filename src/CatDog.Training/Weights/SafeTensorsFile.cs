using TorchSharp;

namespace CatDog.Training.Weights;

/// <summary>Named tensors in a file, in the safetensors format.</summary>
public sealed class SafeTensorsFile : IDisposable
{
    private readonly FileStream _file;
    private readonly SafeTensorsHeader _header;

    private SafeTensorsFile(FileStream file, SafeTensorsHeader header) => (_file, _header) = (file, header);

    public IReadOnlyDictionary<string, string> Metadata => _header.Metadata;

    public IEnumerable<string> Names => _header.Entries.Keys;

    /// <exception cref="TrainingException">The file is not there or is not safetensors.</exception>
    public static SafeTensorsFile Open(string path)
    {
        FileStream? file = null;
        try
        {
            file = File.OpenRead(path);
            return new(file, SafeTensorsHeader.Read(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            file?.Dispose();
            throw new TrainingException($"The weights '{path}' cannot be read: {e.Message.TrimEnd('.')}. Give a whole safetensors file.", e);
        }
    }

    public bool Contains(string name) => _header.Entries.ContainsKey(name);

    public long[] Shape(string name) => _header.Entries[name].Shape;

    /// <summary>A new tensor on the CPU, in the file's own number type.</summary>
    public torch.Tensor Read(string name)
    {
        var entry = _header.Entries[name];
        var tensor = torch.empty(entry.Shape, entry.Type);
        _file.Position = entry.Start;
        _file.ReadExactly(tensor.bytes);
        return tensor;
    }

    /// <summary>Overwrites the target's numbers, converting them to its type and device.</summary>
    public void CopyTo(string name, torch.Tensor target)
    {
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.no_grad();
        target.copy_(Read(name));
    }

    /// <summary>Writes tensors in the given order; the file is there whole or not at all.</summary>
    public static void Write(string path, IReadOnlyList<(string Name, torch.Tensor Tensor)> tensors, IReadOnlyDictionary<string, string> metadata) =>
        AtomicFile.Write(path, file => Write(file, tensors, metadata));

    internal static void Write(Stream file, IReadOnlyList<(string Name, torch.Tensor Tensor)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        SafeTensorsHeader.Write(file, tensors, metadata);
        foreach (var (_, tensor) in tensors)
        {
            using var scope = torch.NewDisposeScope();
            using var frozen = torch.no_grad();
            file.Write(tensor.detach().cpu().contiguous().bytes);
        }
    }

    public void Dispose() => _file.Dispose();
}
