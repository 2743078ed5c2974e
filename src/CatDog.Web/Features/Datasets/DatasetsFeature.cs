using CatDog.Web.Features.Datasets.Drawn;
using CatDog.Web.Features.Datasets.Exports;
using CatDog.Web.Features.Datasets.Importing;
using CatDog.Web.Features.Datasets.Media;

namespace CatDog.Web.Features.Datasets;

/// <summary>Data sets, imports, uploads, exports and the bytes of photos.</summary>
internal static class DatasetsFeature
{
    public static IServiceCollection AddDatasets(this IServiceCollection services)
    {
        services.AddSingleton<DrawnSetSeeder>().AddSingleton<ExportService>();
        services.AddSingleton<DatasetService>().AddSingleton<DatasetRemoval>().AddSingleton<SampleLocations>().AddSingleton<ThumbnailStore>();
        services.AddSingleton<ImportFeed>().AddSingleton<ImportQueue>().AddSingleton<ImportService>().AddSingleton<UploadService>();
        services.AddSingleton<SeenFiles>().AddSingleton<PhotoIntake>().AddSingleton<NearDuplicates>().AddSingleton<Importer>().AddSingleton<ImportRun>();
        services.AddHostedService<ImportRunner>();
        services.AddSingleton<PhotoMedia>();
        return services;
    }

    public static IEndpointRouteBuilder MapDatasets(this IEndpointRouteBuilder routes)
    {
        routes.MapDatasetEndpoints();
        routes.MapExportEndpoints();
        routes.MapImportEndpoints();
        routes.MapMediaEndpoints();
        return routes;
    }
}
