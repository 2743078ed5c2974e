namespace CatDog.Web.Features.Predictions;

/// <summary>Which predictions of a run, and in what order, in the words of URLs.</summary>
/// <param name="Split"><c>train</c>, <c>val</c>, <c>test</c>; <c>none</c> for no split; null for any. The split is the one the photo was in when it was predicted.</param>
/// <param name="Predicted">A class name; null for any.</param>
/// <param name="Label">A class name; <c>none</c> for unlabeled; null for any. The label is the present one.</param>
/// <param name="Correct"><c>true</c>, <c>false</c>; null for any. Of an unlabeled photo neither holds.</param>
/// <param name="Sort"><c>id</c> (the default), <c>confidence</c>, <c>-confidence</c>.</param>
public sealed record PredictionQuery(
    long RunId, string? Split = null, string? Predicted = null, string? Label = null, string? Correct = null, string? Sort = null)
{
    /// <summary>Stands for "unlabeled" and "in no split".</summary>
    public const string None = "none";

    /// <summary>Empty parameters of a URL mean the same as absent ones.</summary>
    public static PredictionQuery Of(long runId, string? split, string? predicted, string? label, string? correct, string? sort) =>
        new(runId, NullIfEmpty(split), NullIfEmpty(predicted), NullIfEmpty(label), NullIfEmpty(correct), NullIfEmpty(sort));

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
