using System.Globalization;
using System.Text.Json.Serialization;

namespace CatDog.Web.Features.Predictions;

/// <summary>What a model says of a photo, beside what people say of it now.</summary>
/// <param name="Label">Null for unlabeled.</param>
/// <param name="Correct">Null where there is no label to compare with.</param>
/// <param name="Confidence">The probability of the predicted class, 0..1.</param>
/// <param name="Probabilities">0..1 by class name, in the order of the classes.</param>
/// <param name="Split">The split the photo was in when it was predicted; null for none.</param>
/// <param name="Version">The number of label changes so far.</param>
public sealed record ReviewRow(
    long SampleId,
    string FileName,
    string Path,
    string? Label,
    string Predicted,
    bool? Correct,
    double Confidence,
    IReadOnlyDictionary<string, double> Probabilities,
    string? Split,
    int Version)
{
    [JsonIgnore]
    public string Sha256 { get; init; } = "";

    [JsonIgnore]
    public string ThumbnailUrl => Url("thumb");

    [JsonIgnore]
    public string ImageUrl => Url("image");

    public ReviewRow WithLabel(string? label, int version) =>
        this with { Label = label, Version = version, Correct = label is null ? null : label == Predicted };

    /// <summary>With a version, so that a browser may keep the photo for good.</summary>
    private string Url(string form) => string.Create(CultureInfo.InvariantCulture, $"media/{SampleId}/{form}?v={Sha256[..12]}");
}

/// <param name="Next">Give it as <c>after</c> to get the page that follows; null on the last.</param>
/// <param name="Total">All that matched on every page, counted for the first one.</param>
public sealed record ReviewPage(IReadOnlyList<ReviewRow> Items, string? Next, long Total);
