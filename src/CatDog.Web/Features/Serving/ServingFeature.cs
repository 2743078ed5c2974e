namespace CatDog.Web.Features.Serving;

/// <summary>One photo in, its class out.</summary>
internal static class ServingFeature
{
    public static IServiceCollection AddServing(this IServiceCollection services)
    {
        services.AddSingleton<ModelWorkers>();
        services.AddHostedService(provider => provider.GetRequiredService<ModelWorkers>());
        return services;
    }

    public static IEndpointRouteBuilder MapServing(this IEndpointRouteBuilder routes)
    {
        routes.MapServingEndpoints();
        return routes;
    }
}
