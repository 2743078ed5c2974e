namespace CatDog.Web.Features.Predictions;

/// <summary>What a run's model says of the samples.</summary>
internal static class PredictionsFeature
{
    public static IServiceCollection AddPredictions(this IServiceCollection services)
    {
        return services;
    }

    public static IEndpointRouteBuilder MapPredictions(this IEndpointRouteBuilder routes)
    {
        return routes;
    }
}
