namespace CatDog.Training;

/// <summary>What a person may choose about a run. The defaults are the article's, but for the backbone.</summary>
public sealed record Hyperparameters
{
    /// <summary>A name from <see cref="Models.Backbones"/>.</summary>
    public string Backbone { get; init; } = "small_cnn";

    /// <summary>The absolute path of a safetensors file with the backbone's initial weights; null to start from random.</summary>
    public string? Weights { get; init; }

    public Tuning Tuning { get; init; } = Tuning.Full;

    /// <summary>By default as many as the small net needs to learn the drawn set.</summary>
    public int Epochs { get; init; } = 10;

    public int BatchSize { get; init; } = 16;

    public double LearningRate { get; init; } = 0.001;

    public double Momentum { get; init; } = 0.9;

    public double WeightDecay { get; init; }

    /// <summary>After every this many steps of the schedule the learning rate is multiplied by <see cref="LearningRateGamma"/>.</summary>
    public int LearningRateStep { get; init; } = 7;

    public double LearningRateGamma { get; init; } = 0.1;

    /// <summary>The article's slip: its schedule steps after every batch instead of after every epoch. Only its literal preset asks for this.</summary>
    public bool SchedulePerBatch { get; init; }

    /// <summary>Mirror half of the training photos left to right, drawn anew each epoch.</summary>
    public bool Flip { get; init; } = true;

    /// <summary>Runs with the same seed, data, device and thread count give the same weights.</summary>
    public int Seed { get; init; } = 1;

    /// <summary><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</summary>
    public string Device { get; init; } = "auto";

    /// <summary>Every problem with these values, as the JSON name of the field and a sentence that says what is allowed.</summary>
    public IEnumerable<(string Field, string Problem)> Validate()
    {
        if (Models.Backbones.Find(Backbone) is null)
            yield return ("backbone", $"'{Backbone}' is not a backbone. Choose one of {string.Join(", ", Models.Backbones.Names)}.");
        if (Weights is not null && !File.Exists(Weights))
            yield return ("weights", $"There is no file '{Weights}'. Give the path of a safetensors file, or leave it out.");
        if (Epochs is < 1 or > 1000) yield return ("epochs", "Epochs must be between 1 and 1000.");
        if (BatchSize is < 1 or > 1024) yield return ("batchSize", "Batch size must be between 1 and 1024.");
        if (!(LearningRate is > 0 and <= 10)) yield return ("learningRate", "Learning rate must be above 0 and at most 10.");
        if (!(Momentum is >= 0 and < 1)) yield return ("momentum", "Momentum must be at least 0 and below 1.");
        if (!(WeightDecay is >= 0 and <= 1)) yield return ("weightDecay", "Weight decay must be between 0 and 1.");
        if (LearningRateStep < 1) yield return ("learningRateStep", "The learning-rate step must be at least 1.");
        if (!(LearningRateGamma is > 0 and <= 1)) yield return ("learningRateGamma", "The learning-rate gamma must be above 0 and at most 1.");
        if (Device is not ("auto" or "cpu" or "cuda")) yield return ("device", "Device must be auto, cpu or cuda.");
    }
}
