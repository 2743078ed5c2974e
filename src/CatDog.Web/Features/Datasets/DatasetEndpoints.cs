namespace CatDog.Web.Features.Datasets;

internal static class DatasetEndpoints
{
    public static void MapDatasetEndpoints(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/datasets").WithTags("Data sets");
        group.MapGet("", (DatasetService datasets, CancellationToken cancellation) => datasets.ListAsync(cancellation));
        group.MapGet("/{id:long}", (long id, DatasetService datasets, CancellationToken cancellation) => datasets.GetAsync(id, cancellation));
        group.MapPost("", async (NewDataset dataset, DatasetService datasets, CancellationToken cancellation) =>
        {
            var created = await datasets.CreateAsync(dataset.Name, dataset.Classes, cancellation: cancellation);
            return TypedResults.Created($"/api/datasets/{created.Id}", created);
        });
    }
}

internal sealed record NewDataset(string? Name, IReadOnlyList<string>? Classes);
