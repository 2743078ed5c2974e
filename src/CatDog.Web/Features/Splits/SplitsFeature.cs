namespace CatDog.Web.Features.Splits;

/// <summary>Train, validation and test.</summary>
internal static class SplitsFeature
{
    public static IServiceCollection AddSplits(this IServiceCollection services)
    {
        services.AddSingleton<SplitService>();
        return services;
    }

    public static IEndpointRouteBuilder MapSplits(this IEndpointRouteBuilder routes)
    {
        routes.MapSplitEndpoints();
        return routes;
    }
}
