using System.Text;
using System.Text.Json;

namespace CatDog.Training;

/// <summary>The one writer of a run's <c>events.jsonl</c>: gives each event its number and time.</summary>
public sealed class EventLog : IDisposable
{
    private readonly FileStream _file;
    private readonly TimeProvider _time;
    private long _sequence;

    private EventLog(FileStream file, TimeProvider time, long sequence) => (_file, _time, _sequence) = (file, time, sequence);

    /// <summary>Opens the file to go on after its last whole line; what a killed process left of a line is cut off.</summary>
    public static EventLog Open(string path, TimeProvider time)
    {
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
        var (end, sequence) = FindEnd(file);
        file.SetLength(end);
        file.Position = end;
        return new(file, time, sequence);
    }

    /// <summary>Appends one line, visible to readers at once and safe on disk where it ends something.</summary>
    /// <returns>The event with its number and time.</returns>
    public TrainingEvent Append(TrainingEvent happened)
    {
        happened = happened with { Sequence = ++_sequence, Time = _time.GetUtcNow() };
        _file.Write(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(happened, TrainingJson.Line) + "\n"));
        _file.Flush(flushToDisk: happened is not (BatchFinished or Logged));
        return happened;
    }

    public void Dispose() => _file.Dispose();

    private static (long End, long Sequence) FindEnd(FileStream file)
    {
        using var reader = new StreamReader(file, Encoding.UTF8, leaveOpen: true);
        var text = reader.ReadToEnd();
        var end = text.LastIndexOf('\n') + 1;
        if (end == 0) return (0, 0);
        var last = text.AsSpan(0, end - 1);
        last = last[(last.LastIndexOf('\n') + 1)..];
        using var line = JsonDocument.Parse(last.ToString());
        return (Encoding.UTF8.GetByteCount(text.AsSpan(0, end)), line.RootElement.GetProperty("sequence").GetInt64());
    }
}
