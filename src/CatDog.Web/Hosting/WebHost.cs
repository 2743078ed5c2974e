using CatDog.Data;
using CatDog.Web.Components;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Features.Labeling;
using CatDog.Web.Features.Predictions;
using CatDog.Web.Features.Runs;
using CatDog.Web.Features.Serving;
using CatDog.Web.Features.Splits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using MudBlazor.Services;

namespace CatDog.Web.Hosting;

/// <summary>The web application: its services, its routes, its life.</summary>
internal static class WebHost
{
    public const string DefaultUrls = "http://127.0.0.1:5080";

    /// <param name="prepare">Runs after the database is up to date and before the first request.</param>
    public static async Task<int> RunAsync(
        string[] args, string dataPath, string urls, CancellationToken cancellation, Func<IServiceProvider, CancellationToken, Task>? prepare = null)
    {
        DataFolder folder;
        try
        {
            folder = DataFolder.Open(dataPath);
        }
        catch (UserException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 1;
        }

        using (folder)
        {
            await using var app = Build(args, folder, urls);
            await using (var database = await app.Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync(cancellation))
                await DatabaseSetup.MigrateAsync(database, cancellation);
            if (prepare is not null) await prepare(app.Services, cancellation);
            await StartAsync(app, cancellation);
            foreach (var url in app.Urls) Console.WriteLine($"CatDog is at {url} (its data in {folder.Path}). Ctrl+C stops it.");
            await app.WaitForShutdownAsync(cancellation);
            return 0;
        }
    }

    private static async Task StartAsync(WebApplication app, CancellationToken cancellation)
    {
        try
        {
            await app.StartAsync(cancellation);
        }
        catch
        {
            // Merely disposed, the services in the background would be reported as crashed beside the true reason.
            await app.StopAsync(CancellationToken.None);
            throw;
        }
    }

    private static WebApplication Build(string[] args, DataFolder folder, string urls)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.WebHost.UseUrls(urls).UseStaticWebAssets();
        builder.Logging
            .AddFilter("Microsoft.EntityFrameworkCore", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore", LogLevel.Warning)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            .AddFilter("Microsoft.Hosting.Lifetime", LogLevel.Warning)
            // A start that fails is told in one line by the command; a service that ends the host is critical and stays.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        AddServices(builder.Services, folder);
        var app = builder.Build();
        MapRoutes(app);
        return app;
    }

    private static void AddServices(IServiceCollection services, DataFolder folder)
    {
        services.AddSingleton(folder);
        services.AddSingleton(TimeProvider.System);
        services.AddDbContextFactory<AppDbContext>(options => options.UseDataFolder(folder.Path));
        services.AddDataProtection().PersistKeysToFileSystem(new DirectoryInfo(folder.Keys));
        services.AddProblemDetails().AddExceptionHandler<UserExceptionHandler>();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        // Outside of development, a body that cannot be read would be answered without a word about why.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddHealthChecks().AddCheck<DatabaseHealthCheck>("database");
        services.AddOpenApi();
        services.AddRazorComponents().AddInteractiveServerComponents();
        services.AddMudServices();
        services.AddDatasets().AddLabeling().AddSplits().AddRuns().AddPredictions().AddServing();
    }

    private static bool IsForPrograms(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api") || context.Request.Path.StartsWithSegments("/media") || context.Request.Path.StartsWithSegments("/hubs");

    private static void MapRoutes(WebApplication app)
    {
        app.UseExceptionHandler();
        // People get a page; for programs the inner one has written problem details by then.
        app.UseStatusCodePagesWithReExecute("/not-found", createScopeForStatusCodePages: true);
        app.UseWhen(IsForPrograms, branch => branch.UseStatusCodePages());
        app.UseAntiforgery();
        app.MapStaticAssets();
        app.MapOpenApi();
        app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
        app.MapHealthChecks("/health/ready");
        app.MapRazorComponents<App>().AddInteractiveServerRenderMode();
        app.MapDatasets().MapLabeling().MapSplits().MapRuns().MapPredictions().MapServing();
    }
}
