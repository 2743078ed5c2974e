using System.Text.Json;
using TorchSharp;

namespace CatDog.Training.Tests;

[Collection(TorchCollection.Name)]
public sealed class TrainerTests
{
    [Fact]
    public void A_run_learns_tells_its_epochs_in_order_and_leaves_a_model_that_predicts()
    {
        using var run = new SmallRun(new() { Epochs = 6, BatchSize = 4, Device = "cpu" });
        var folder = run.Plan("run");

        var events = SmallRun.Execute(folder);

        var started = Assert.IsType<RunStarted>(events[0]);
        Assert.Equal((0, 12, 4, 3), (started.FromEpoch, started.TrainSamples, started.ValSamples, started.BatchesPerEpoch));
        Assert.IsType<RunCompleted>(events[^1]);
        var epochs = events.OfType<EpochFinished>().ToList();
        Assert.Equal([1, 2, 3, 4, 5, 6], epochs.Select(e => e.Epoch));
        Assert.True(epochs[^1].TrainLoss < epochs[0].TrainLoss * 0.8, $"{epochs[0].TrainLoss} → {epochs[^1].TrainLoss}");
        Assert.Equal(Enumerable.Range(1, events.Count).Select(n => (long)n), events.Select(e => e.Sequence));
        Assert.True(File.Exists(folder.Receipt));
        using var predictor = Predictor.Load(folder.Model, "cpu");
        Assert.All(predictor.Predict([.. run.Rows.Select(r => r.Path)]), p => Assert.Equal(1, p.Probabilities!.Sum(), 1e-6));
    }

    [Fact]
    public void What_is_read_back_from_the_event_file_is_what_happened()
    {
        using var run = new SmallRun();
        var folder = run.Plan("run");

        var events = SmallRun.Execute(folder);

        Assert.Equal(events, File.ReadLines(folder.Events).Select(line => JsonSerializer.Deserialize<TrainingEvent>(line, TrainingJson.Line)));
    }

    [Theory]
    [InlineData(Tuning.Full)]
    [InlineData(Tuning.Head)]
    public void A_resumed_run_ends_with_the_very_weights_of_an_undisturbed_one(Tuning tuning)
    {
        using var run = new SmallRun(new() { Epochs = 4, BatchSize = 4, Tuning = tuning, Device = "cpu", WeightDecay = 0.01, LearningRateStep = 2 });
        var undisturbed = run.Plan("undisturbed");
        var stopped = run.Plan("stopped");

        SmallRun.Execute(undisturbed);
        var first = SmallRun.Execute(stopped, cancelAt: e => e is BatchFinished { Epoch: 3 });
        // What a killed process leaves of a line.
        File.AppendAllText(stopped.Events, "{\"event\":\"batch\",\"epo");
        var second = SmallRun.Execute(stopped, resume: true);

        Assert.Equal(2, Assert.IsType<RunInterrupted>(first[^1]).Epoch);
        Assert.Equal(2, Assert.IsType<RunStarted>(second[0]).FromEpoch);
        Assert.Equal(first[^1].Sequence + 1, second[0].Sequence);
        Assert.Equal([3, 4], second.OfType<EpochFinished>().Select(e => e.Epoch));
        Assert.Equal(Weights(undisturbed), Weights(stopped));
    }

    [Fact]
    public void Two_runs_with_the_same_seed_are_the_same_and_another_seed_differs()
    {
        using var run = new SmallRun();
        var (first, second) = (run.Plan("first"), run.Plan("second"));
        run.Hyperparameters = run.Hyperparameters with { Seed = 2 };
        var other = run.Plan("other");

        foreach (var folder in (RunFolder[])[first, second, other]) SmallRun.Execute(folder);

        Assert.Equal(Weights(first), Weights(second));
        Assert.NotEqual(Weights(first), Weights(other));
    }

    [Fact]
    public void An_unreadable_photo_is_named_once_and_passed_over()
    {
        using var run = new SmallRun();
        File.WriteAllText(run.Rows[3].Path, "no picture");
        File.Delete(run.Rows[13].Path);

        var events = SmallRun.Execute(run.Plan("run"));

        Assert.IsType<RunCompleted>(events[^1]);
        var warnings = events.OfType<Logged>().Where(l => l.Level == "warning").ToList();
        Assert.Equal(2, warnings.Count);
        Assert.Contains(warnings, w => w.Message.Contains(run.Rows[3].Path));
        Assert.Contains(warnings, w => w.Message.Contains(run.Rows[13].Path));
    }

    [Theory]
    [InlineData(Tuning.Full)]
    [InlineData(Tuning.Head)]
    public void A_run_with_no_readable_photo_fails_and_says_why(Tuning tuning)
    {
        using var run = new SmallRun(new() { Epochs = 1, Tuning = tuning, Device = "cpu" }, train: 4, val: 2);
        Directory.Delete(run.At("photos"), recursive: true);

        var failed = Assert.IsType<RunFailed>(SmallRun.Execute(run.Plan("run"))[^1]);

        Assert.Contains("None of the 4 training photos can be read", failed.Error);
    }

    [Fact]
    public void A_loss_that_is_no_number_fails_the_run_and_advises_a_lower_rate()
    {
        using var run = new SmallRun(new() { Epochs = 8, BatchSize = 4, LearningRate = 10, WeightDecay = 1, Momentum = 0.99, LearningRateGamma = 1, Device = "cpu" });

        var events = SmallRun.Execute(run.Plan("run"));

        Assert.Contains("Lower the learning rate", Assert.IsType<RunFailed>(events[^1]).Error);
    }

    [Fact]
    public void A_second_trainer_on_the_same_folder_is_refused()
    {
        using var run = new SmallRun();
        var folder = run.Plan("run");
        using var held = RunExecution.Hold(folder);

        var error = Assert.Throws<TrainingException>(() => SmallRun.Execute(folder));

        Assert.Contains("another process", error.Message);
    }

    [Fact]
    public void A_trained_folder_is_not_overwritten_without_being_told_to_resume()
    {
        using var run = new SmallRun(new() { Epochs = 1, Device = "cpu" });
        var folder = run.Plan("run");
        SmallRun.Execute(folder);

        Assert.Contains("--resume", Assert.Throws<TrainingException>(() => SmallRun.Execute(folder)).Message);
    }

    [Fact]
    public void A_damaged_checkpoint_is_noticed()
    {
        using var run = new SmallRun();
        var folder = run.Plan("run");
        SmallRun.Execute(folder, cancelAt: e => e is EpochFinished);
        var bytes = File.ReadAllBytes(folder.LastCheckpoint);
        bytes[^100] ^= 1;
        File.WriteAllBytes(folder.LastCheckpoint, bytes);

        var failed = Assert.IsType<RunFailed>(SmallRun.Execute(folder, resume: true)[^1]);

        Assert.Contains("damaged", failed.Error);
    }

    [Fact]
    public void Steps_leave_no_tensors_behind()
    {
        using var run = new SmallRun(new() { Epochs = 6, BatchSize = 2, Device = "cpu" });
        var live = new List<long>();

        // Measured on the thread that trains, at the same place of each epoch.
        SmallRun.Execute(run.Plan("run"), cancelAt: e =>
        {
            if (e is EpochFinished) live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
            return false;
        });

        Assert.Equal(6, live.Count);
        Assert.Equal(live[2], live[5]);
    }

    [Fact]
    public void Only_the_head_changes_when_only_the_head_is_tuned()
    {
        using var run = new SmallRun(new() { Epochs = 1, Tuning = Tuning.Head, Device = "cpu" });
        var one = run.Plan("one");
        run.Hyperparameters = run.Hyperparameters with { Epochs = 3 };
        var three = run.Plan("three");

        SmallRun.Execute(one);
        SmallRun.Execute(three);

        var (before, after) = (Tensors(one), Tensors(three));
        var changed = before.Keys.Where(name => !before[name].SequenceEqual(after[name])).ToList();
        Assert.NotEmpty(changed);
        Assert.All(changed, name => Assert.StartsWith("classifier.1.", name));
    }

    private static byte[] Weights(RunFolder folder) => File.ReadAllBytes(Path.Combine(folder.Model, "model.safetensors"));

    private static Dictionary<string, byte[]> Tensors(RunFolder folder)
    {
        using var file = CatDog.Training.Weights.SafeTensorsFile.Open(folder.LastCheckpoint);
        return file.Names.Where(name => name.StartsWith("weights.", StringComparison.Ordinal)).ToDictionary(name => name["weights.".Length..], name =>
        {
            using var tensor = file.Read(name);
            return tensor.bytes.ToArray();
        });
    }
}
