namespace CatDog.Web.Features.Serving;

/// <summary>One photo in, its class out.</summary>
internal static class ServingFeature
{
    public static IServiceCollection AddServing(this IServiceCollection services)
    {
        return services;
    }

    public static IEndpointRouteBuilder MapServing(this IEndpointRouteBuilder routes)
    {
        return routes;
    }
}
