using CatDog.Training;
using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Runs;

internal static class RunEndpoints
{
    public static void MapRunEndpoints(this IEndpointRouteBuilder routes)
    {
        var runs = routes.MapGroup("/api").WithTags("Runs");
        runs.MapPost("/datasets/{id:long}/runs", async (long id, HttpRequest request, RunService service, CancellationToken cancellation) =>
        {
            var run = await JsonBody.ReadAsync<NewRun>(request, cancellation);
            var started = await service.StartAsync(id, run.ToHyperparameters(), cancellation);
            return TypedResults.Accepted($"/api/runs/{started}", new StartedRun(started));
        }).Accepts<NewRun>("application/json");
        runs.MapGet("/datasets/{id:long}/runs", (long id, long? before, int? take, RunService service, CancellationToken cancellation) =>
            service.ListAsync(id, before, take ?? 100, cancellation));
        runs.MapGet("/runs", (long? before, int? take, RunService service, CancellationToken cancellation) =>
            service.ListAsync(null, before, take ?? 100, cancellation));
        runs.MapGet("/runs/{id:long}", (long id, RunService service, CancellationToken cancellation) => service.GetAsync(id, cancellation));
        runs.MapPost("/runs/{id:long}/cancel", async (long id, RunService service, CancellationToken cancellation) =>
        {
            await service.CancelAsync(id, cancellation);
            return TypedResults.Accepted($"/api/runs/{id}", new StartedRun(id));
        });
        runs.MapPost("/runs/{id:long}/resume", async (long id, RunService service, CancellationToken cancellation) =>
        {
            await service.ResumeAsync(id, cancellation);
            return TypedResults.Accepted($"/api/runs/{id}", new StartedRun(id));
        });
        runs.MapGet("/runs/{id:long}/receipt", async (long id, RunService service, CancellationToken cancellation) =>
        {
            var path = (await service.FolderAsync(id, cancellation)).Receipt;
            if (!File.Exists(path)) throw UserException.NotFound($"Run {id} has no receipt yet: it is written when the run is completed.");
            return TypedResults.PhysicalFile(path, "application/json", FormattableString.Invariant($"run-{id}-receipt.json"));
        });
    }
}

internal sealed record StartedRun(long Id);
