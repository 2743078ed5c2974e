namespace CatDog.Web.Features.Labeling;

/// <summary>Browsing samples and correcting their labels.</summary>
internal static class LabelingFeature
{
    public static IServiceCollection AddLabeling(this IServiceCollection services)
    {
        services.AddSingleton<SampleService>();
        services.AddSingleton<LabelService>();
        return services;
    }

    public static IEndpointRouteBuilder MapLabeling(this IEndpointRouteBuilder routes)
    {
        routes.MapLabelingEndpoints();
        return routes;
    }
}
