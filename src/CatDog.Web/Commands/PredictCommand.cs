using System.CommandLine;
using CatDog.Training;
using CatDog.Training.Native;
using CatDog.Training.Scripting;

namespace CatDog.Web.Commands;

/// <summary><c>predict</c>: a folder of photos into a CSV file.</summary>
internal static class PredictCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "The model folder of a run.", Required = true };
    private static readonly Option<string> Images = new("--images") { Description = "The folder of the photos.", Required = true };
    private static readonly Option<string?> Csv = new("--csv") { Description = "Names the photos, and their labels if it has any; without it every photo below the folder is predicted." };
    private static readonly Option<string> Out = new("--out") { Description = "The CSV file to write.", DefaultValueFactory = _ => "predictions.csv" };
    private static readonly Option<PredictionsFormat> Format = new("--format") { Description = "full, article or kaggle.", DefaultValueFactory = _ => PredictionsFormat.Full };
    private static readonly Option<string> Device = new("--device") { Description = "auto, cpu or cuda.", DefaultValueFactory = _ => "auto" };

    public static Command Create()
    {
        var command = new Command("predict", "Predict the photos of a folder into a CSV file.");
        foreach (var option in (Option[])[Model, Images, Csv, Out, Format, Device]) command.Options.Add(option);
        command.SetAction(result => CommandLine.Guard(() => Execute(result)));
        return command;
    }

    private static int Execute(ParseResult result)
    {
        Allocator.KeepFreedMemory();
        var index = PhotoIndex.Of(result.GetRequiredValue(Images));
        var photos = result.GetValue(Csv) is { } csv ? Named(index, csv) : [.. index.Paths.Select(path => new LabelledPhoto(null, path, index.Relative(path), null))];
        if (photos.Count == 0) throw new TrainingException($"There are no photos to predict in '{result.GetRequiredValue(Images)}'.");
        using var predictor = Predictor.Load(result.GetRequiredValue(Model), result.GetRequiredValue(Device));
        var path = result.GetRequiredValue(Out);
        var written = PredictionsOutput.Write(path, result.GetRequiredValue(Format), predictor, photos);
        Console.WriteLine($"{written} of {photos.Count} photos predicted into {path}.");
        return written > 0 ? 0 : 1;
    }

    private static List<LabelledPhoto> Named(PhotoIndex index, string csv)
    {
        var photos = new List<LabelledPhoto>();
        foreach (var row in ArticleCsv.Read(csv))
        {
            if (index.Find(row.FileName, row.Label is null ? [] : [row.Label]) is { } path) photos.Add(new(null, path, index.Relative(path), row.Label));
            else Console.Error.WriteLine($"'{row.FileName}' is not there.");
        }

        return photos;
    }
}
