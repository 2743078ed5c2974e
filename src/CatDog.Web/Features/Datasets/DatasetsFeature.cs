namespace CatDog.Web.Features.Datasets;

/// <summary>Data sets, imports, uploads, exports and the bytes of photos.</summary>
internal static class DatasetsFeature
{
    public static IServiceCollection AddDatasets(this IServiceCollection services)
    {
        services.AddSingleton<DatasetService>().AddSingleton<SampleLocations>();
        return services;
    }

    public static IEndpointRouteBuilder MapDatasets(this IEndpointRouteBuilder routes)
    {
        routes.MapDatasetEndpoints();
        return routes;
    }
}
