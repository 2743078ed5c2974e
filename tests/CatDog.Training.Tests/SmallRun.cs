using SkiaSharp;

namespace CatDog.Training.Tests;

/// <summary>A run that takes moments: plain pictures, reddish ones called cat and bluish ones dog.</summary>
internal sealed class SmallRun : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SmallRun(Hyperparameters? hyperparameters = null, int train = 12, int val = 4)
    {
        Directory.CreateDirectory(At("photos"));
        Rows = [.. Enumerable.Range(0, train + val).Select(i => new PlanRow(i + 1, Draw(i), null, i % 2 == 0 ? "cat" : "dog", i < train ? "train" : "val"))];
        Hyperparameters = hyperparameters ?? new() { Epochs = 2, BatchSize = 4, Device = "cpu" };
    }

    public List<PlanRow> Rows { get; }

    public Hyperparameters Hyperparameters { get; set; }

    public string At(params string[] parts) => _folder.At(parts);

    public RunFolder Plan(string name)
    {
        var folder = new RunFolder(At(name));
        new TrainingPlan { Hyperparameters = Hyperparameters, ClassNames = ["cat", "dog"], Rows = Rows }.Save(folder.Path);
        return folder;
    }

    /// <param name="cancelAt">The event after which the run is asked to stop.</param>
    public static List<TrainingEvent> Execute(RunFolder folder, bool resume = false, Func<TrainingEvent, bool>? cancelAt = null)
    {
        using var stop = new CancellationTokenSource();
        var events = new List<TrainingEvent>();
        RunExecution.Execute(folder, resume, happened =>
        {
            events.Add(happened);
            if (cancelAt?.Invoke(happened) == true) stop.Cancel();
        }, stop.Token);
        return events;
    }

    public void Dispose() => _folder.Dispose();

    private string Draw(int number)
    {
        using var bitmap = new SKBitmap(64, 48);
        using var canvas = new SKCanvas(bitmap);
        var shade = (byte)(number * 11 % 90);
        canvas.Clear(number % 2 == 0 ? new SKColor((byte)(255 - shade), shade, 20) : new SKColor(20, shade, (byte)(255 - shade)));
        canvas.DrawRect(number % 7 * 4, number % 5 * 4, 12, 9, new SKPaint { Color = SKColors.White });
        var path = At("photos", $"{number}.png");
        using var file = File.Create(path);
        bitmap.Encode(file, SKEncodedImageFormat.Png, 100);
        return path;
    }
}
