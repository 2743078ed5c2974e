using System.Buffers.Binary;
using System.Text.Json;
using TorchSharp;

namespace CatDog.Training.Weights;

/// <summary>Where a tensor lies in a safetensors file.</summary>
/// <param name="Type">Of its numbers.</param>
/// <param name="Shape">Row-major.</param>
/// <param name="Start">In bytes from the start of the file.</param>
/// <param name="Length">In bytes.</param>
internal sealed record SafeTensorsEntry(torch.ScalarType Type, long[] Shape, long Start, long Length);

/// <summary>
/// The first part of a safetensors file: a length, then JSON that says what follows.
/// Source: https://github.com/huggingface/safetensors, "Format".
/// </summary>
internal sealed record SafeTensorsHeader(IReadOnlyDictionary<string, string> Metadata, IReadOnlyDictionary<string, SafeTensorsEntry> Entries)
{
    private const string MetadataKey = "__metadata__";
    private const long MaxLength = 100_000_000;

    private static readonly (string Name, torch.ScalarType Type, int Size)[] Types =
    [
        ("F32", torch.ScalarType.Float32, 4), ("F16", torch.ScalarType.Float16, 2), ("BF16", torch.ScalarType.BFloat16, 2), ("I64", torch.ScalarType.Int64, 8),
    ];

    /// <exception cref="InvalidDataException">The file is not safetensors, is cut off, or holds numbers of another kind.</exception>
    public static SafeTensorsHeader Read(Stream file)
    {
        Span<byte> prefix = stackalloc byte[8];
        if (file.ReadAtLeast(prefix, 8, throwOnEndOfStream: false) < 8) throw new InvalidDataException("the file is too short for safetensors");
        var length = BinaryPrimitives.ReadInt64LittleEndian(prefix);
        if (length is <= 0 or > MaxLength || 8 + length > file.Length) throw new InvalidDataException("the file does not begin like safetensors");
        var json = new byte[length];
        file.ReadExactly(json);
        try
        {
            using var document = JsonDocument.Parse(json);
            return Parse(document.RootElement, 8 + length, file.Length);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            throw new InvalidDataException("the file's header cannot be read", e);
        }
    }

    /// <summary>Writes the header for tensors that then follow in this order without gaps.</summary>
    public static void Write(Stream file, IEnumerable<(string Name, torch.Tensor Tensor)> tensors, IReadOnlyDictionary<string, string> metadata)
    {
        using var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json))
        {
            writer.WriteStartObject();
            writer.WritePropertyName(MetadataKey);
            JsonSerializer.Serialize(writer, metadata);
            var offset = 0L;
            foreach (var (name, tensor) in tensors)
            {
                var (typeName, _, size) = Types.First(t => t.Type == tensor.dtype);
                var end = offset + tensor.numel() * size;
                writer.WritePropertyName(name);
                JsonSerializer.Serialize(writer, new { dtype = typeName, shape = tensor.shape, data_offsets = (long[])[offset, end] });
                offset = end;
            }

            writer.WriteEndObject();
        }

        while (json.Length % 8 != 0) json.WriteByte((byte)' ');
        Span<byte> prefix = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(prefix, json.Length);
        file.Write(prefix);
        file.Write(json.GetBuffer().AsSpan(0, (int)json.Length));
    }

    private static SafeTensorsHeader Parse(JsonElement root, long start, long fileLength)
    {
        var metadata = new Dictionary<string, string>();
        var entries = new Dictionary<string, SafeTensorsEntry>();
        foreach (var property in root.EnumerateObject())
        {
            if (property.Name == MetadataKey)
                foreach (var entry in property.Value.EnumerateObject()) metadata[entry.Name] = entry.Value.GetString() ?? "";
            else
                entries[property.Name] = ParseEntry(property, start, fileLength);
        }

        return new(metadata, entries);
    }

    private static SafeTensorsEntry ParseEntry(JsonProperty property, long start, long fileLength)
    {
        var typeName = property.Value.GetProperty("dtype").GetString();
        var (_, type, size) = Types.FirstOrDefault(t => t.Name == typeName);
        if (size == 0) throw new InvalidDataException($"'{property.Name}' has numbers of kind {typeName}; F32, F16, BF16 and I64 can be read");
        var shape = property.Value.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64()).ToArray();
        var offsets = property.Value.GetProperty("data_offsets");
        long begin = offsets[0].GetInt64(), end = offsets[1].GetInt64();
        if (begin < 0 || end > fileLength - start || end - begin != shape.Aggregate((long)size, (product, d) => product * d))
            throw new InvalidDataException($"the file is cut off or damaged at '{property.Name}'");
        return new(type, shape, start + begin, end - begin);
    }
}
