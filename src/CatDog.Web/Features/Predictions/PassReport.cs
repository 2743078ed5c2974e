using System.Text.Json;
using System.Text.Json.Serialization;
using CatDog.Data.Runs;
using CatDog.Web.Features.Datasets;

namespace CatDog.Web.Features.Predictions;

/// <summary>How far a prediction pass is, or how it ended.</summary>
/// <param name="Split">Null for every photo of the data set.</param>
/// <param name="Status"><c>queued</c>, <c>running</c>, <c>completed</c> or <c>failed</c>.</param>
/// <param name="Error">Why it failed, or which photos of a completed one were left out; null where neither holds.</param>
public sealed record PassReport(long Id, long RunId, string? Split, string Status, int Done, int Total, string? Error, DateTime CreatedAt, DateTime? EndedAt)
{
    [JsonIgnore]
    public bool IsActive => Status is "queued" or "running";

    [JsonIgnore]
    public bool IsFailed => Status == "failed";

    internal static PassReport From(PredictionPass pass, int? done) => new(
        pass.Id, pass.RunId, SplitName.From(pass.Split), JsonNamingPolicy.CamelCase.ConvertName(pass.Status.ToString()), done ?? pass.Done, pass.Total, pass.Error, pass.CreatedAt, pass.EndedAt);
}
