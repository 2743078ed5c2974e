using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using CatDog.Training;
using CatDog.Training.Native;

namespace CatDog.Web.Commands;

/// <summary><c>score</c>: how the dashboard predicts a split, in a process of its own.</summary>
internal static class ScoreCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "The model folder of a run.", Required = true };
    private static readonly Option<string> Rows = new("--rows") { Description = "A JSON array of {id, path}.", Required = true };
    private static readonly Option<string> Out = new("--out") { Description = "The file to write, a JSON object a line.", Required = true };

    private sealed record ScoreRow(long Id, string Path);

    private sealed record ScoreLine(long Id, double[]? Probabilities, string? Error);

    public static Command Create()
    {
        var command = new Command("score", "Predict listed photos into a file of JSON lines.") { Hidden = true };
        foreach (var option in (Option[])[Model, Rows, Out]) command.Options.Add(option);
        command.SetAction(result => CommandLine.Guard(() => Execute(result)));
        return command;
    }

    private static int Execute(ParseResult result)
    {
        Allocator.KeepFreedMemory();
        var rows = Read(result.GetRequiredValue(Rows));
        using var predictor = Predictor.Load(result.GetRequiredValue(Model));
        using var writer = File.CreateText(result.GetRequiredValue(Out));
        var sinceTold = Stopwatch.StartNew();
        var done = 0;
        Console.WriteLine($"0/{rows.Length}");
        foreach (var (index, probabilities, error) in predictor.Predict([.. rows.Select(row => row.Path)]))
        {
            writer.Write(JsonSerializer.Serialize(new ScoreLine(rows[index].Id, probabilities, error), TrainingJson.Line) + "\n");
            done++;
            if (sinceTold.ElapsedMilliseconds < 250) continue;
            sinceTold.Restart();
            writer.Flush();
            Console.WriteLine($"{done}/{rows.Length}");
        }

        writer.Flush();
        Console.WriteLine($"{done}/{rows.Length}");
        return 0;
    }

    private static ScoreRow[] Read(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            return JsonSerializer.Deserialize<ScoreRow[]>(file, TrainingJson.Line) ?? [];
        }
        catch (JsonException e)
        {
            throw new TrainingException($"The rows '{path}' cannot be read: {e.Message}", e);
        }
    }
}
