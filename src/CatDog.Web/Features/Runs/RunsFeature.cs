using System.Text.Json;
using System.Text.Json.Serialization;

namespace CatDog.Web.Features.Runs;

/// <summary>Training runs: planning, starting, following, cancelling, resuming.</summary>
internal static class RunsFeature
{
    public static IServiceCollection AddRuns(this IServiceCollection services)
    {
        services.AddSignalR();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase)));
        services.AddSingleton<RunService>().AddSingleton<RunPlanner>().AddSingleton<RunQueue>();
        services.AddSingleton<RunFeed>().AddSingleton<RunRecorder>().AddSingleton<RunFollower>();
        services.AddHostedService<RunLauncher>();
        return services;
    }

    public static IEndpointRouteBuilder MapRuns(this IEndpointRouteBuilder routes)
    {
        routes.MapRunEndpoints();
        routes.MapHub<RunHub>("/hubs/runs");
        return routes;
    }
}
