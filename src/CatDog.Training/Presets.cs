namespace CatDog.Training;

/// <summary>Hyperparameters that have a name.</summary>
public static class Presets
{
    /// <summary>As the article says it trains: VGG-16, SGD 0.001 with momentum 0.9, a tenth of the rate after every 7 epochs, batches of 16, mirrored.</summary>
    public static Hyperparameters Article { get; } = new()
    {
        Backbone = "vgg16",
        BatchSize = 16,
        LearningRate = 0.001,
        Momentum = 0.9,
        LearningRateStep = 7,
        LearningRateGamma = 0.1,
        Flip = true,
    };

    /// <summary>As the article's code trains: its schedule steps after every batch.</summary>
    public static Hyperparameters ArticleLiteral { get; } = Article with { SchedulePerBatch = true };

    /// <param name="name"><c>article</c>, <c>article-literal</c>, or null for the defaults.</param>
    /// <exception cref="TrainingException">There is no preset of this name.</exception>
    public static Hyperparameters Find(string? name) => name switch
    {
        null => new(),
        "article" => Article,
        "article-literal" => ArticleLiteral,
        _ => throw new TrainingException($"'{name}' is not a preset. Choose article or article-literal."),
    };
}
