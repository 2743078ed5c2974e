using CatDog.Data.Datasets;
using CatDog.Training;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Predictions;

internal static class PredictionEndpoints
{
    public static void MapPredictionEndpoints(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api").WithTags("Predictions");
        group.MapPost("/runs/{id:long}/predictions", RequestAsync);
        group.MapGet("/prediction-passes/{id:long}", (long id, PredictionService predictions, CancellationToken cancellation) => predictions.GetPassAsync(id, cancellation));
        group.MapGet("/runs/{id:long}/predictions", PageAsync);
        group.MapGet("/runs/{id:long}/predictions.csv", CsvAsync);
    }

    private static async Task<IResult> RequestAsync(long id, NewPredictions request, PredictionService predictions, CancellationToken cancellation)
    {
        var pass = await predictions.RequestAsync(id, ParseSplit(request.Split), cancellation);
        return TypedResults.Accepted($"/api/prediction-passes/{pass}", new AcceptedPass(pass));
    }

    private static Split? ParseSplit(string? split) => split is null || split.Equals("all", StringComparison.OrdinalIgnoreCase) ? null : SplitName.Parse(split);

    private static Task<ReviewPage> PageAsync(
        long id, string? split, string? predicted, string? label, string? correct, string? sort, string? after, PredictionReview review, int take = 100, CancellationToken cancellation = default) =>
        review.PageAsync(PredictionQuery.Of(id, split, predicted, label, correct, sort), after, take, cancellation);

    private static async Task<IResult> CsvAsync(
        long id, string? format, string? split, string? predicted, string? label, string? correct, string? sort, PredictionReview review, CancellationToken cancellation)
    {
        var query = PredictionQuery.Of(id, split, predicted, label, correct, sort);
        var columns = ParseFormat(format);
        // Once the first byte is sent, an error can no longer be told.
        await review.CheckAsync(query, cancellation);
        var classNames = await review.ClassNamesAsync(id, cancellation);
        var rows = review.StreamAsync(query, cancellation).Select(row => ToCsv(row, columns, id));
        return TypedResults.Stream(
            body => PredictionsCsv.WriteAsync(body, columns, classNames, rows, cancellation),
            "text/csv; charset=utf-8",
            $"predictions-run-{id}{(columns == PredictionsFormat.Full ? "" : $"-{columns.ToString().ToLowerInvariant()}")}.csv");
    }

    private static PredictionsFormat ParseFormat(string? format) => format?.ToLowerInvariant() switch
    {
        null or "" or "full" => PredictionsFormat.Full,
        "article" => PredictionsFormat.Article,
        "kaggle" => PredictionsFormat.Kaggle,
        _ => throw new UserException($"'{format}' is not a format. Use full, article or kaggle.", field: "format"),
    };

    private static PredictionRow ToCsv(ReviewRow row, PredictionsFormat format, long runId)
    {
        double[] probabilities = [.. row.Probabilities.Values];
        // Kaggle's file has to be sorted, so its rows are kept until the last is read: no more of them than it needs.
        return format == PredictionsFormat.Kaggle
            ? new(row.SampleId, row.FileName, "", null, "", probabilities, null)
            : new(row.SampleId, row.FileName, row.Path, row.Label, row.Predicted, probabilities, runId.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }
}

/// <param name="Split"><c>train</c>, <c>val</c> or <c>test</c>; <c>all</c>, or absent, for every photo of the data set.</param>
internal sealed record NewPredictions(string? Split);

internal sealed record AcceptedPass(long Id);
