using System.Diagnostics;
using CatDog.Training.Loading;
using CatDog.Training.Metrics;
using CatDog.Training.Models;
using CatDog.Training.Native;
using CatDog.Training.Weights;
using TorchSharp;
using static TorchSharp.torch.nn.functional;

namespace CatDog.Training;

/// <summary>What a run holds while it trains: the network, the optimizer, where batches come from, and how far it is.</summary>
internal sealed class TrainingSession : IDisposable
{
    private const int InitialStream = 3, EpochStream = 4;

    private readonly TrainingPlan _plan;
    private readonly RunFolder _folder;
    private readonly torch.Device _device;
    private readonly Backbone _network;
    private readonly MomentumSgd _optimizer;
    private readonly string _initialWeights;
    private readonly List<(string Name, TorchSharp.Modules.Parameter Parameter)> _trainable;
    private readonly SplitRows _trainRows;
    private readonly SplitRows _validationRows;
    private readonly HashSet<string> _remarked = [];

    private TrainingSession(TrainingPlan plan, RunFolder folder, bool resume)
    {
        TorchLoader.Load();
        (_plan, _folder) = (plan, folder);
        _device = TorchDevice.Choose(Choice.Device);
        (_trainRows, _validationRows) = (SplitRows.Of(plan, "train"), SplitRows.Of(plan, "val"));
        if (_trainRows.Paths.Count == 0) throw new TrainingException("The train split has no samples. Split the data set first.");

        torch.manual_seed((long)new SeededNumbers(Choice.Seed, InitialStream).Next());
        _network = Backbone.Create(Choice.Backbone, plan.ClassNames.Count);
        _initialWeights = LoadInitialWeights();
        _network.to(_device);
        // The optimizer comes after the move, which puts other parameter objects in place.
        _trainable = [.. _network.named_parameters().Where(p => IsTrainable(p.name)).Select(p => (p.name, p.parameter))];
        _optimizer = new(_trainable, Choice.Momentum, Choice.WeightDecay);
        State = CheckpointState.Start(PlanHash());
        if (resume && File.Exists(folder.LastCheckpoint))
        {
            _initialWeights = "The run's own, from its last checkpoint.";
            State = LoadCheckpoint(folder.LastCheckpoint);
        }

        Train = Photos(_trainRows, new(Choice.BatchSize, Choice.Seed, Shuffle: true, Choice.Flip), keep: true);
        Validation = Photos(_validationRows, BatchOrder.AsListed(Choice.BatchSize), keep: true);
    }

    public IBatchSource Train { get; private set; }

    public IBatchSource Validation { get; private set; }

    public CheckpointState State { get; private set; }

    private Hyperparameters Choice => _plan.Hyperparameters;

    private bool HasValidation => _validationRows.Paths.Count > 0;

    public static TrainingSession Open(TrainingPlan plan, RunFolder folder, bool resume) => new(plan, folder, resume);

    public RunStarted Describe() => new()
    {
        FromEpoch = State.Epoch,
        Device = TorchDevice.Name(_device),
        Threads = torch.get_num_threads(),
        Backbone = Choice.Backbone,
        InitialWeights = _initialWeights,
        TrainSamples = Train.SampleCount,
        ValSamples = Validation.SampleCount,
        BatchesPerEpoch = Train.BatchCount,
        Parameters = _network.parameters().Sum(p => p.numel()),
        TrainableParameters = _trainable.Sum(p => p.Parameter.numel()),
    };

    /// <summary>For a frozen backbone: computes each photo's features once, and trains on those from then on.</summary>
    public IEnumerable<TrainingEvent> Prepare(CancellationToken cancellation)
    {
        if (Choice.Tuning != Tuning.Head) yield break;
        var clock = Stopwatch.StartNew();
        var total = Train.SampleCount + Validation.SampleCount;
        yield return Remark($"The backbone stays as it is: computing the features of {total} photos once. After that an epoch takes moments.");
        foreach (var (rows, isTrain) in ((SplitRows, bool)[])[(_trainRows, true), (_validationRows, false)])
        {
            var order = isTrain ? new(Choice.BatchSize, Choice.Seed, Shuffle: true, Choice.Flip) : BatchOrder.AsListed(256);
            var features = new FeatureBatches(_network, order);
            var done = isTrain ? 0 : _trainRows.Paths.Count;
            var toldAt = clock.Elapsed;
            foreach (var batch in features.Compute(Photos(rows, BatchOrder.AsListed(16), keep: false), isTrain && Choice.Flip, _device))
            {
                if (cancellation.IsCancellationRequested) yield break;
                foreach (var remark in RemarksOn(batch)) yield return remark;
                done += batch.Count + batch.Unreadable.Count;
                if (clock.Elapsed - toldAt < TimeSpan.FromSeconds(2)) continue;
                toldAt = clock.Elapsed;
                yield return Remark($"Features of {done} of {total} photos.");
            }

            if (isTrain) Train = features;
            else Validation = features;
        }

        RequireSamples(new(Train.SampleCount, 0, 0), cancellation);
        yield return Remark(FormattableString.Invariant($"Features of {total} photos computed in {clock.Elapsed.TotalSeconds:0.0} s."));
    }

    public void BeginTraining(int epoch)
    {
        torch.manual_seed((long)new SeededNumbers(Choice.Seed, EpochStream, epoch).Next());
        _network.train();
    }

    public void BeginValidation() => _network.eval();

    public Score Step(int epoch, Batch batch, double rate)
    {
        using var scope = torch.NewDisposeScope();
        var labels = torch.tensor(batch.Labels).to(_device);
        _network.zero_grad();
        var scores = Train.Forward(batch.Inputs(_device));
        var loss = cross_entropy(scores, labels);
        var value = loss.item<float>();
        if (!float.IsFinite(value)) throw Diverged(epoch, batch.Number, rate);
        loss.backward();
        _optimizer.Step(rate);
        return new(batch.Count, Right(scores, labels), (double)value * batch.Count);
    }

    public Score Evaluate(Batch batch)
    {
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.inference_mode();
        var labels = torch.tensor(batch.Labels).to(_device);
        var scores = Validation.Forward(batch.Inputs(_device));
        return new(batch.Count, Right(scores, labels), (double)cross_entropy(scores, labels).item<float>() * batch.Count);
    }

    /// <summary>A warning for each photo that was passed over, told once a run.</summary>
    public IEnumerable<TrainingEvent> RemarksOn(Batch batch)
    {
        foreach (var (_, path, reason) in batch.Unreadable)
            if (_remarked.Add(path)) yield return new Logged { Level = "warning", Message = $"'{path}' is passed over: {reason}" };
    }

    /// <exception cref="TrainingException">No training photo could be read.</exception>
    public void RequireSamples(Score train, CancellationToken cancellation)
    {
        if (train.Samples == 0 && !cancellation.IsCancellationRequested)
            throw new TrainingException($"None of the {_trainRows.Paths.Count} training photos can be read, the first being '{_trainRows.Paths[0]}'. Check that the files are still there.");
    }

    /// <summary>Saves the checkpoints and tells of them.</summary>
    public IEnumerable<TrainingEvent> FinishEpoch(EpochProgress progress)
    {
        var best = !HasValidation || progress.Validation.Accuracy > State.BestAccuracy
            || (progress.Validation.Accuracy == State.BestAccuracy && progress.Validation.Loss < State.BestLoss);
        State = State with { Epoch = progress.Epoch, Seconds = State.Seconds + progress.Seconds };
        if (best) State = State with { BestEpoch = progress.Epoch, BestAccuracy = progress.Validation.Accuracy, BestLoss = progress.Validation.Loss };
        // The best first: a run killed between the two goes on from the epoch before and makes the same best again.
        if (best) CheckpointFile.Save(_folder.BestCheckpoint, _network, optimizer: null, State);
        CheckpointFile.Save(_folder.LastCheckpoint, _network, _optimizer, State);
        yield return new EpochFinished
        {
            Epoch = progress.Epoch,
            TrainLoss = progress.Train.Loss,
            TrainAccuracy = progress.Train.Accuracy,
            ValLoss = progress.Validation.Samples > 0 ? progress.Validation.Loss : null,
            ValAccuracy = progress.Validation.Samples > 0 ? progress.Validation.Accuracy : null,
            LearningRate = progress.Rate,
            Seconds = progress.Seconds,
            Best = best,
        };
        if (best) yield return new CheckpointSaved { Epoch = progress.Epoch, Checkpoint = "best" };
        yield return new CheckpointSaved { Epoch = progress.Epoch, Checkpoint = "last" };
    }

    /// <summary>Writes the model of the best epoch, and the receipt.</summary>
    public RunCompleted Complete()
    {
        CheckpointFile.Load(_folder.BestCheckpoint, _network, optimizer: null);
        ModelFolder.Save(_folder.Model, _network, new()
        {
            Backbone = Choice.Backbone,
            ClassNames = _plan.ClassNames,
            Preprocessing = _network.Preprocessing,
            Epoch = State.BestEpoch,
            ValAccuracy = HasValidation ? State.BestAccuracy : null,
            RunId = Path.GetFileName(Path.TrimEndingDirectorySeparator(_folder.Path)),
        });
        Receipt.Write(_folder, _plan, State, TorchDevice.Name(_device), torch.get_num_threads());
        return new() { BestEpoch = State.BestEpoch, Seconds = State.Seconds };
    }

    public void Dispose()
    {
        _optimizer.Dispose();
        _network.Dispose();
    }

    private static Logged Remark(string message) => new() { Level = "information", Message = message };

    private static long Right(torch.Tensor scores, torch.Tensor labels) => scores.argmax(1).eq(labels).sum().item<long>();

    private bool IsTrainable(string name) => Choice.Tuning == Tuning.Full || name.StartsWith(_network.HeadPrefix, StringComparison.Ordinal);

    private PhotoBatches Photos(SplitRows rows, BatchOrder order, bool keep) =>
        new(_network, _network.Preprocessing, rows.Paths, rows.Labels, order, keep);

    private string PlanHash() => Receipt.Hash(_folder.Plan);

    private string LoadInitialWeights()
    {
        if (Choice.Weights is null)
        {
            var choice = Backbones.Find(Choice.Backbone)!;
            return choice.NeedsWeights
                ? $"Random: no weights were given, so {choice.Title} starts from nothing and will learn little from a small set."
                : "Random: the network starts from nothing.";
        }

        var withHead = StateDict.Load(_network, Choice.Weights);
        return $"From {Path.GetFileName(Choice.Weights)}{(withHead ? ", head included" : $"; the head for {_plan.ClassNames.Count} classes is new and random")}.";
    }

    private CheckpointState LoadCheckpoint(string path)
    {
        var state = CheckpointFile.Load(path, _network, _optimizer);
        if (state.PlanHash != State.PlanHash) throw new TrainingException($"The checkpoint '{path}' belongs to another plan than the one beside it. Start a new run.");
        return state;
    }

    private TrainingException Diverged(int epoch, int batch, double rate) => new(FormattableString.Invariant(
        $"The loss is no longer a number (epoch {epoch}, batch {batch}). Lower the learning rate, which was {rate:G3}, and start again."));
}
