namespace CatDog.Web.Features.Runs;

/// <summary>Training runs: planning, starting, following, cancelling, resuming.</summary>
internal static class RunsFeature
{
    public static IServiceCollection AddRuns(this IServiceCollection services)
    {
        return services;
    }

    public static IEndpointRouteBuilder MapRuns(this IEndpointRouteBuilder routes)
    {
        return routes;
    }
}
