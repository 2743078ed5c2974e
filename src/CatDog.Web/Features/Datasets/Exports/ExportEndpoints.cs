namespace CatDog.Web.Features.Datasets.Exports;

internal static class ExportEndpoints
{
    public static void MapExportEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/datasets/{id:long}/export", async (long id, string? format, ExportService exports, CancellationToken cancellation) =>
        {
            var parsed = ExportFormats.Parse(format ?? "csv");
            var dataset = await exports.FindAsync(id, cancellation);
            // Once the first byte is out, the answer cannot become an error any more.
            ExportService.RequireFits(dataset, parsed);
            return TypedResults.Stream(
                stream => exports.WriteAsync(stream, dataset, parsed, cancellation), parsed.MediaType(), $"{dataset.Name}-{parsed.Name()}{parsed.Extension()}");
        }).WithTags("Data sets");
}
