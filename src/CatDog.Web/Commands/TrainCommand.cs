using System.CommandLine;
using CatDog.Training;
using CatDog.Training.Native;
using CatDog.Training.Scripting;

namespace CatDog.Web.Commands;

/// <summary><c>train</c>: one run, headless. The dashboard starts the same verb with the folder of a run it has planned.</summary>
internal static class TrainCommand
{
    private static readonly Option<string?> Images = new("--images") { Description = "The folder of the photos." };
    private static readonly Option<string?> Train = new("--train") { Description = "CSV of file names and labels to train with." };
    private static readonly Option<string?> Val = new("--val") { Description = "CSV of file names and labels to validate with." };
    private static readonly Option<string?> Test = new("--test") { Description = "CSV of file names, labels optional: predicted into OUT/predictions.csv afterwards." };
    private static readonly Option<string?> Out = new("--out") { Description = "The folder to make; it is the whole record of the run." };
    private static readonly Option<string?> Run = new("--run") { Description = "A run folder that already holds its plan.json.", Hidden = true };
    private static readonly Option<bool> Resume = new("--resume") { Description = "Go on from the last checkpoint in OUT." };
    private static readonly HyperparameterOptions Hyperparameters = new();

    public static Command Create()
    {
        var command = new Command("train", "One training run without the dashboard. With no options it reads SageMaker's /opt/ml.");
        Option[] own = [Images, Train, Val, Test, Out, Run, Resume];
        foreach (var option in own.Concat(Hyperparameters.All)) command.Options.Add(option);
        // Synchronous, so that training has the main thread and SIGTERM is left to the run itself.
        command.SetAction(result => CommandLine.Guard(() => Execute(result)));
        return command;
    }

    private static int Execute(ParseResult result)
    {
        Allocator.KeepFreedMemory();
        if (result.GetValue(Run) is { } planned) return TrainingConsole.Execute(new(Path.GetFullPath(planned)), result.GetValue(Resume));
        if (result.GetValue(Out) is not { } path)
        {
            if (result.Tokens.Count <= 1 && SageMakerLayout.Find() is { } layout) return SageMakerTraining.Execute(layout);
            throw new TrainingException("Say where the run goes with --out DIR, and what it learns from with --images DIR --train CSV --val CSV.");
        }

        var folder = new RunFolder(Path.GetFullPath(path));
        var resume = result.GetValue(Resume);
        if (!resume || !File.Exists(folder.Plan)) MakePlan(result, folder);
        var exitCode = TrainingConsole.Execute(folder, resume);
        if (exitCode == 0 && Directory.Exists(folder.Model)) TestPredictions.Write(folder);
        return exitCode;
    }

    private static void MakePlan(ParseResult result, RunFolder folder)
    {
        var images = result.GetValue(Images) ?? throw new TrainingException("Name the folder of the photos with --images DIR.");
        var train = result.GetValue(Train) ?? throw new TrainingException("Name the CSV to train with: --train CSV.");
        List<(string, IReadOnlyList<ArticleRow>)> splits = [("train", ArticleCsv.Read(train))];
        if (result.GetValue(Val) is { } val) splits.Add(("val", ArticleCsv.Read(val)));
        if (result.GetValue(Test) is { } test) splits.Add(("test", ArticleCsv.Read(test)));
        TrainingConsole.Plan(folder, images, splits, Hyperparameters.Read(result));
    }
}
