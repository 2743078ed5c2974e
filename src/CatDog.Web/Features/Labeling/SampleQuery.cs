namespace CatDog.Web.Features.Labeling;

/// <summary>Which samples of a data set, and in what order, in the words of URLs.</summary>
/// <param name="Label">A class name; <c>none</c> for unlabeled; null for any.</param>
/// <param name="Split"><c>train</c>, <c>val</c>, <c>test</c>; <c>none</c> for no split; null for any.</param>
/// <param name="Text">A part of the path, whose last part is the file name; upper and lower case are the same.</param>
/// <param name="Sort"><c>id</c> (the default), <c>-id</c>, <c>name</c>, <c>-name</c>.</param>
public sealed record SampleQuery(long DatasetId, string? Label = null, string? Split = null, string? Text = null, string? Sort = null)
{
    /// <summary>Stands for "unlabeled" and "in no split".</summary>
    public const string None = "none";

    public bool IsFiltered => Label is not null || Split is not null || Text is not null;

    /// <summary>Empty parameters of a URL mean the same as absent ones.</summary>
    public static SampleQuery Of(long datasetId, string? label, string? split, string? text, string? sort) =>
        new(datasetId, NullIfEmpty(label), NullIfEmpty(split), NullIfEmpty(text), NullIfEmpty(sort));

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
