namespace CatDog.Web.Features.Splits;

/// <summary>Train, validation and test.</summary>
internal static class SplitsFeature
{
    public static IServiceCollection AddSplits(this IServiceCollection services)
    {
        return services;
    }

    public static IEndpointRouteBuilder MapSplits(this IEndpointRouteBuilder routes)
    {
        return routes;
    }
}
