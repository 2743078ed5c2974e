using System.Diagnostics;
using System.Globalization;
using CatDog.Training;
using CatDog.Training.Native;

namespace CatDog.Benchmarks;

/// <summary>A whole training step from random weights, with glibc's allocator as it comes and as a run's child sets it, each in a process of its own.</summary>
internal static class StepBenchmark
{
    private const int Steps = 4;

    public static int Compare(string folder, string backbone, int batchSize)
    {
        var (defaults, kept) = (InChild(folder, backbone, batchSize, "defaults"), InChild(folder, backbone, batchSize, "kept"));
        Console.WriteLine(FormattableString.Invariant(
            $"{backbone}, batch {batchSize}: {defaults:0.00} s a step with the allocator's defaults, {kept:0.00} s with freed memory kept: {defaults / kept:0.00} times as fast"));
        return 0;
    }

    /// <summary>Prints the median seconds of the steps after the first.</summary>
    public static int Measure(string folder, string backbone, int batchSize, bool keepFreedMemory)
    {
        if (keepFreedMemory) Allocator.KeepFreedMemory();
        TorchLoader.Load();
        var run = Directory.CreateTempSubdirectory("catdog-benchmark-");
        try
        {
            var plan = Plan(folder, backbone, batchSize);
            plan.Save(run.FullName);
            // The iterator is left behind after the last step that counts: no validation, no checkpoint.
            var times = Trainer.Fit(plan, new RunFolder(run.FullName), resume: false, CancellationToken.None)
                .OfType<BatchFinished>().Take(Steps + 1).Select(_ => Stopwatch.GetTimestamp()).ToList();
            var seconds = times.Zip(times.Skip(1), (a, b) => Stopwatch.GetElapsedTime(a, b).TotalSeconds).Order().ToList();
            Console.WriteLine(seconds[seconds.Count / 2].ToString(CultureInfo.InvariantCulture));
            return 0;
        }
        finally
        {
            run.Delete(recursive: true);
        }
    }

    private static TrainingPlan Plan(string folder, string backbone, int batchSize)
    {
        var photos = Photos.In(folder).Take((batchSize * (Steps + 1)) + 1).ToList();
        string[] classes = ["cat", "dog"];
        return new()
        {
            Hyperparameters = new() { Backbone = backbone, BatchSize = batchSize, Epochs = 1, Device = "cpu" },
            ClassNames = classes,
            Rows = [.. photos.Select((path, i) => new PlanRow(i, Path.GetFullPath(path), null, classes[i % 2], i == 0 ? "val" : "train"))],
        };
    }

    private static double InChild(string folder, string backbone, int batchSize, string allocator)
    {
        string[] arguments = ["step-alone", folder, backbone, batchSize.ToString(CultureInfo.InvariantCulture), allocator];
        using var child = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardOutput = true })!;
        var seconds = double.Parse(child.StandardOutput.ReadToEnd(), CultureInfo.InvariantCulture);
        child.WaitForExit();
        return seconds;
    }
}
