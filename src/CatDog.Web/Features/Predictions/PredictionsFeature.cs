namespace CatDog.Web.Features.Predictions;

/// <summary>What a run's model says of the samples.</summary>
internal static class PredictionsFeature
{
    public static IServiceCollection AddPredictions(this IServiceCollection services)
    {
        services.AddSingleton<PredictionReview>().AddSingleton<PredictionService>();
        services.AddSingleton<PredictionQueue>().AddSingleton<PredictionFeed>().AddSingleton<PredictionWriter>().AddSingleton<PredictionRun>();
        services.AddHostedService<PredictionRunner>();
        return services;
    }

    public static IEndpointRouteBuilder MapPredictions(this IEndpointRouteBuilder routes)
    {
        routes.MapPredictionEndpoints();
        return routes;
    }
}
