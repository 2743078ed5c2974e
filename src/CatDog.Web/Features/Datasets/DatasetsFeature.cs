using CatDog.Web.Features.Datasets.Drawn;
using CatDog.Web.Features.Datasets.Exports;

namespace CatDog.Web.Features.Datasets;

/// <summary>Data sets, imports, uploads, exports and the bytes of photos.</summary>
internal static class DatasetsFeature
{
    public static IServiceCollection AddDatasets(this IServiceCollection services)
    {
        services.AddSingleton<DatasetService>();
        services.AddSingleton<ThumbnailStore>();
        services.AddSingleton<DrawnSetSeeder>().AddSingleton<ExportService>();
        return services;
    }

    public static IEndpointRouteBuilder MapDatasets(this IEndpointRouteBuilder routes)
    {
        routes.MapDatasetEndpoints();
        routes.MapExportEndpoints();
        return routes;
    }
}
