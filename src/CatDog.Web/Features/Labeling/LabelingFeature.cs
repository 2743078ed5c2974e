namespace CatDog.Web.Features.Labeling;

/// <summary>Browsing samples and correcting their labels.</summary>
internal static class LabelingFeature
{
    public static IServiceCollection AddLabeling(this IServiceCollection services)
    {
        return services;
    }

    public static IEndpointRouteBuilder MapLabeling(this IEndpointRouteBuilder routes)
    {
        return routes;
    }
}
