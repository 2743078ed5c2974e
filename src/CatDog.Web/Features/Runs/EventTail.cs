using System.Text.Json;
using CatDog.Training;

namespace CatDog.Web.Features.Runs;

/// <summary>Reads a growing <c>events.jsonl</c> from where it stopped. Half a line waits until the rest of it is there.</summary>
internal sealed class EventTail(string path)
{
    private long _offset;

    /// <summary>The events of the whole lines that are new.</summary>
    public IReadOnlyList<TrainingEvent> ReadNew()
    {
        if (!File.Exists(path)) return [];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        if (file.Length <= _offset) return [];
        file.Position = _offset;
        var bytes = new byte[file.Length - _offset];
        var whole = bytes.AsSpan(0, file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false));
        whole = whole[..(whole.LastIndexOf((byte)'\n') + 1)];
        _offset += whole.Length;

        var events = new List<TrainingEvent>();
        foreach (var range in whole.Split((byte)'\n'))
        {
            if (Parse(whole[range]) is { } happened) events.Add(happened);
        }

        return events;
    }

    /// <summary>A line that cannot be read says nothing about the lines around it, so it is passed over.</summary>
    private static TrainingEvent? Parse(ReadOnlySpan<byte> line)
    {
        if (line.IsEmpty) return null;
        try
        {
            return JsonSerializer.Deserialize<TrainingEvent>(line, TrainingJson.Line);
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            return null;
        }
    }
}
