using CatDog.Training;

namespace CatDog.Web.Features.Runs;

/// <param name="Name">As in requests.</param>
/// <param name="Summary">One sentence: what it is for.</param>
internal sealed record RunPreset(string Name, string Title, string Summary, Hyperparameters Hyperparameters);

/// <summary>Sets of hyperparameters to begin with.</summary>
internal static class RunPresets
{
    public static RunPreset FirstLook { get; } = new(
        "first-look", "First look", "A small net that learns from nothing in minutes, on any machine.",
        new() { Backbone = "small_cnn", Epochs = 20, LearningRate = 0.01, LearningRateStep = 14 });

    public static RunPreset Article { get; } = new(
        "article", "The article", "VGG-16, all of it: SGD 0.001 with momentum 0.9, a tenth every 7 epochs, batches of 16, mirrored photos.",
        Presets.Article);

    public static RunPreset ArticleLiteral { get; } = new(
        "article-literal", "The article, literally", "The same, but its schedule steps after every batch, as the article's code does: the rate is near 0 after some 20 batches.",
        Presets.ArticleLiteral);

    public static IReadOnlyList<RunPreset> All { get; } = [FirstLook, Article, ArticleLiteral];
}
