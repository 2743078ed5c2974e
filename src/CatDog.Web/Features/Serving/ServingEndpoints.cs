using CatDog.Web.Features.Predictions;
using CatDog.Web.Hosting;
using Microsoft.AspNetCore.Mvc;

namespace CatDog.Web.Features.Serving;

internal static class ServingEndpoints
{
    private const long LargestPhoto = 64 << 20;

    public static void MapServingEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/api/runs/{id:long}/predict", PredictAsync)
            .WithTags("Predictions")
            .DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(LargestPhoto));

    private static async Task<PhotoAnswer> PredictAsync(long id, HttpRequest request, PredictionService predictions, ModelWorkers workers, CancellationToken cancellation)
    {
        var model = await predictions.ModelFolderAsync(id, cancellation);
        // curl calls any body it is not told about a form, so only a multipart one is surely no photo.
        if (request.ContentType?.StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true) throw new UserException("Send the photo itself as the body, not a form.");
        var path = Path.GetTempFileName();
        try
        {
            await using (var file = File.Create(path)) await request.Body.CopyToAsync(file, cancellation);
            if (new FileInfo(path).Length == 0) throw new UserException("The body is empty. Send the photo itself as the body.");
            var probabilities = await workers.PredictAsync(model, path, cancellation);
            return new(probabilities.MaxBy(p => p.Value).Key, probabilities);
        }
        finally
        {
            File.Delete(path);
        }
    }
}

/// <param name="Probabilities">0..1 by class name.</param>
internal sealed record PhotoAnswer(string Label, IReadOnlyDictionary<string, double> Probabilities);
