using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Splits;

internal static class SplitEndpoints
{
    public static void MapSplitEndpoints(this IEndpointRouteBuilder routes) =>
        routes.MapPut("/api/datasets/{id:long}/split", async (long id, HttpRequest request, SplitService splits, CancellationToken cancellation) =>
        {
            var settings = await JsonBody.ReadAsync<SplitSettings>(request, cancellation);
            return (await splits.ApplyAsync(id, settings, cancellation)).ByName();
        }).Accepts<SplitSettings>("application/json").WithTags("Splits");
}
