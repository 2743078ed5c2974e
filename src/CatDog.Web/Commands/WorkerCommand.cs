using System.CommandLine;
using System.Text.Json;
using CatDog.Training;
using CatDog.Training.Images;
using CatDog.Training.Native;

namespace CatDog.Web.Commands;

/// <summary><c>worker</c>: how the dashboard classifies single photos: it stays loaded, a question and an answer a line, until its input ends.</summary>
internal static class WorkerCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "The model folder of a run.", Required = true };

    private sealed record Question(string? Path);

    private sealed record Answer(double[]? Probabilities, string? Error);

    private sealed record Readiness(bool Ready, IReadOnlyList<string> ClassNames);

    public static Command Create()
    {
        var command = new Command("worker", "Classify photos named on stdin, one JSON line each.") { Hidden = true };
        command.Options.Add(Model);
        command.SetAction(result => CommandLine.Guard(() => Execute(result.GetRequiredValue(Model))));
        return command;
    }

    private static int Execute(string model)
    {
        Allocator.KeepFreedMemory();
        using var predictor = Predictor.Load(model);
        Say(new Readiness(true, predictor.ClassNames));
        while (Console.ReadLine() is { } line)
            if (line.Length > 0) Say(Ask(predictor, line));
        return 0;
    }

    private static Answer Ask(Predictor predictor, string line)
    {
        try
        {
            var path = JsonSerializer.Deserialize<Question>(line, TrainingJson.Line)?.Path;
            return path is null ? new(null, "The line has no path.") : new(predictor.Predict(File.ReadAllBytes(path)), null);
        }
        catch (Exception e) when (e is ImageException or IOException or UnauthorizedAccessException or JsonException)
        {
            return new(null, e.Message);
        }
    }

    private static void Say<T>(T answer)
    {
        Console.WriteLine(JsonSerializer.Serialize(answer, TrainingJson.Line));
        Console.Out.Flush();
    }
}
