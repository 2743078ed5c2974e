using System.Runtime.InteropServices;
using CatDog.Training;
using CatDog.Training.Scripting;

namespace CatDog.Web.Commands;

/// <summary>Trains in this process, telling a person on stdout and stopping whole on SIGTERM.</summary>
internal static class TrainingConsole
{
    /// <summary>Writes the plan of a new run.</summary>
    public static void Plan(RunFolder folder, string images, IReadOnlyList<(string Split, IReadOnlyList<ArticleRow> Rows)> splits, Hyperparameters hyperparameters)
    {
        var script = ScriptPlan.Make(images, splits, hyperparameters);
        if (script.Missing.Count > 0)
        {
            var named = string.Join(", ", script.Missing.Take(5));
            Console.Error.WriteLine($"{script.Missing.Count} of the CSV rows have no photo in {images} and are left out: {named}{(script.Missing.Count > 5 ? ", …" : "")}");
        }

        Directory.CreateDirectory(folder.Path);
        using var held = RunExecution.Hold(folder);
        if (File.Exists(folder.LastCheckpoint))
            throw new TrainingException($"'{folder.Path}' already holds a trained run. Go on with it with --resume, or choose another --out.");
        script.Plan.Save(folder.Path);
    }

    /// <returns>The exit code: 0 when the run is completed or was asked to stop, 1 when it failed.</returns>
    public static int Execute(RunFolder folder, bool resume) => Run(folder, resume) is RunFailed ? 1 : 0;

    /// <returns>The run's last event.</returns>
    public static TrainingEvent Run(RunFolder folder, bool resume)
    {
        using var stop = new CancellationTokenSource();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        return RunExecution.Execute(folder, resume, Tell, stop.Token);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private static void Tell(TrainingEvent happened)
    {
        switch (happened)
        {
            case EpochFinished e:
                Console.WriteLine(FormattableString.Invariant(
                    $"epoch={e.Epoch}; train_loss={e.TrainLoss:0.0000}; train_accuracy={e.TrainAccuracy:0.0000}; val_loss={e.ValLoss ?? double.NaN:0.0000}; val_accuracy={e.ValAccuracy ?? double.NaN:0.0000}; seconds={e.Seconds:0.0};"));
                break;
            case RunStarted s:
                Console.WriteLine($"{s.Backbone} on {s.Device} ({s.Threads} threads), {s.TrainSamples} photos to train and {s.ValSamples} to validate. Initial weights: {s.InitialWeights}");
                break;
            case Logged { Level: "information" } l:
                Console.WriteLine(l.Message);
                break;
            case Logged l:
                Console.Error.WriteLine(l.Message);
                break;
            case RunCompleted c:
                Console.WriteLine(FormattableString.Invariant($"Completed in {c.Seconds:0.0} s; the model is of epoch {c.BestEpoch}."));
                break;
            case RunInterrupted i:
                Console.WriteLine($"Stopped after epoch {i.Epoch}; --resume goes on from there.");
                break;
            case RunFailed f:
                Console.Error.WriteLine(f.Error.ReplaceLineEndings(" "));
                break;
        }
    }
}
