namespace CatDog.Web.Features.Datasets.Importing;

internal static class ImportEndpoints
{
    private const long LargestUpload = 10L << 30;

    public static void MapImportEndpoints(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api").WithTags("Imports");
        group.MapPost("/datasets/{id:long}/imports", async (long id, NewImport import, ImportService imports, CancellationToken cancellation) =>
            Accepted(await imports.StartAsync(id, import.ToRequest(), cancellation: cancellation)));
        group.MapGet("/datasets/{id:long}/imports", (long id, ImportService imports, CancellationToken cancellation) => imports.ListAsync(id, cancellation));
        group.MapGet("/imports/{id:long}", (long id, ImportService imports, CancellationToken cancellation) => imports.GetAsync(id, cancellation));
        group.MapPost("/imports/{id:long}/cancel", async (long id, ImportService imports, CancellationToken cancellation) =>
        {
            await imports.CancelAsync(id, cancellation);
            return Accepted(id);
        });
        group.MapPost("/datasets/{id:long}/uploads", async (long id, HttpRequest request, string? labels, UploadService uploads, CancellationToken cancellation) =>
                Accepted(await uploads.ReceiveAsync(id, request, labels, cancellation)))
            .DisableAntiforgery()
            .WithMetadata(new Microsoft.AspNetCore.Mvc.RequestSizeLimitAttribute(LargestUpload));
    }

    private static IResult Accepted(long id) => TypedResults.Accepted($"/api/imports/{id}", new AcceptedImport(id));
}

internal sealed record AcceptedImport(long Id);
