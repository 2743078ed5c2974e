using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;

namespace CatDog.Web.Features.Labeling;

/// <summary>The addresses of the labelling pages: everything that is filtered is in them.</summary>
internal static class LabelingUrls
{
    /// <param name="place"><c>label</c> for the grid, <c>focus</c> for one by one.</param>
    public static string Url(string place, SampleQuery query) => QueryHelpers.AddQueryString(
        string.Create(CultureInfo.InvariantCulture, $"datasets/{query.DatasetId}/{place}"),
        Parameters(query));

    public static Dictionary<string, string?> Parameters(SampleQuery query) =>
        new (string Name, string? Value)[] { ("label", query.Label), ("split", query.Split), ("q", query.Text), ("sort", query.Sort) }
            .Where(p => p.Value is not null)
            .ToDictionary(p => p.Name, p => p.Value);
}
