using System.CommandLine;
using CatDog.Training;
using CatDog.Training.Images;
using CatDog.Training.Native;

namespace CatDog.Web.Commands;

/// <summary><c>serve</c>: one model behind the two routes that SageMaker asks a serving container for.</summary>
internal static class ServeCommand
{
    private const long MaxBodyBytes = 32 << 20;
    private static readonly Option<string> Model = new("--model") { Description = "The model folder.", DefaultValueFactory = _ => "/opt/ml/model" };
    private static readonly Option<int> Port = new("--port") { DefaultValueFactory = _ => 8080 };

    private sealed record Prediction(string Label, IReadOnlyDictionary<string, double> Probabilities);

    public static Command Create()
    {
        var command = new Command("serve", "Answer predictions over HTTP: GET /ping, POST /invocations.");
        command.Options.Add(Model);
        command.Options.Add(Port);
        command.SetAction((result, cancellation) =>
            CommandLine.GuardAsync(() => ExecuteAsync(result.GetRequiredValue(Model), result.GetRequiredValue(Port), cancellation)));
        return command;
    }

    private static async Task<int> ExecuteAsync(string model, int port, CancellationToken cancellation)
    {
        Allocator.KeepFreedMemory();
        using var predictor = Predictor.Load(model);
        // The network serves one photo at a time; more at once would only take each other's cores.
        using var turn = new SemaphoreSlim(1);
        var builder = WebApplication.CreateSlimBuilder();
        // A start that fails is told in one line by the command.
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.WebHost.UseUrls($"http://0.0.0.0:{port}").ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = MaxBodyBytes);
        builder.Services.AddProblemDetails();
        await using var app = builder.Build();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.MapGet("/ping", () => Results.Ok(new { status = "ok" }));
        app.MapPost("/invocations", (HttpRequest request, CancellationToken aborted) => InvokeAsync(predictor, turn, request, aborted));
        await app.StartAsync(cancellation);
        Console.WriteLine($"Serving {predictor.Description.Backbone} ({string.Join(", ", predictor.ClassNames)}) on port {port}. Ctrl+C stops it.");
        await app.WaitForShutdownAsync(cancellation);
        return 0;
    }

    private static async Task<IResult> InvokeAsync(Predictor predictor, SemaphoreSlim turn, HttpRequest request, CancellationToken aborted)
    {
        if (request.ContentType is not { } type || !(type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) || type.StartsWith("application/x-image", StringComparison.OrdinalIgnoreCase)))
            return Results.Problem("Send an image as the body, with a Content-Type of image/* or application/x-image.", statusCode: StatusCodes.Status415UnsupportedMediaType);
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, aborted);
        await turn.WaitAsync(aborted);
        try
        {
            var probabilities = predictor.Predict(body.GetBuffer().AsSpan(0, (int)body.Length));
            return Results.Ok(new Prediction(predictor.LabelOf(probabilities), predictor.ClassNames.Zip(probabilities).ToDictionary()));
        }
        catch (ImageException e)
        {
            return Results.Problem(e.Message, statusCode: StatusCodes.Status400BadRequest);
        }
        finally
        {
            turn.Release();
        }
    }
}
