using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace CatDog.Web.Features.Predictions;

/// <summary>The addresses of a run's predictions: everything that is filtered is in them.</summary>
internal static class PredictionUrls
{
    /// <summary>Stands for "correct or not": without it the page begins with the wrong ones.</summary>
    public const string Any = "any";

    public static string Page(PredictionQuery query) => With($"runs/{Number(query.RunId)}/predictions", query);

    public static string Csv(PredictionQuery query, string format) =>
        QueryHelpers.AddQueryString(With($"api/runs/{Number(query.RunId)}/predictions.csv", query), "format", format);

    private static string With(string path, PredictionQuery query) => QueryHelpers.AddQueryString(
        path,
        new (string Name, string? Value)[]
            {
                ("split", query.Split), ("predicted", query.Predicted), ("label", query.Label), ("correct", query.Correct), ("sort", query.Sort),
            }
            .Where(p => p.Value is not null)
            .ToDictionary(p => p.Name, p => p.Value));

    private static string Number(long id) => id.ToString(CultureInfo.InvariantCulture);
}
