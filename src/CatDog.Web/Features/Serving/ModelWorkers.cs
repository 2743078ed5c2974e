using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Serving;

/// <summary>
/// Keeps a worker a model: started when a photo comes, stopped when none came for a while, and replaced when it died.
/// </summary>
internal sealed class ModelWorkers(TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan IdleTime = TimeSpan.FromMinutes(5);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, Place> _places = [];

    /// <summary>Classifies a photo with a model, after those that came before it.</summary>
    /// <returns>0..1 by class name, in the order of the model's classes.</returns>
    /// <exception cref="UserException">400: the file is no usable picture; 503: the model cannot be loaded or its process died twice.</exception>
    public async Task<OrderedDictionary<string, double>> PredictAsync(string modelFolder, string path, CancellationToken cancellation)
    {
        Place? place;
        lock (_lock)
            if (!_places.TryGetValue(modelFolder, out place)) _places[modelFolder] = place = new();
        await place.Turn.WaitAsync(cancellation);
        try
        {
            return await AskAsync(place, modelFolder, path, cancellation);
        }
        finally
        {
            place.LastUsed = clock.GetUtcNow();
            place.Turn.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(IdleTime / 5, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken)) StopIdle(IdleTime);
        }
        finally
        {
            StopIdle(TimeSpan.MinValue);
        }
    }

    private static async Task<OrderedDictionary<string, double>> AskAsync(Place place, string modelFolder, string path, CancellationToken cancellation)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answered = false;
            try
            {
                place.Worker ??= await ModelWorker.StartAsync(modelFolder, cancellation);
                var probabilities = await place.Worker.PredictAsync(path, cancellation);
                answered = true;
                return new(place.Worker.ClassNames.Zip(probabilities, KeyValuePair.Create));
            }
            catch (UserException)
            {
                answered = true;
                throw;
            }
            catch (ModelWorkerDiedException) when (attempt == 1)
            {
                // Another one, once.
            }
            catch (ModelWorkerDiedException e)
            {
                throw new UserException($"The model does not answer: {e.Message}", e, StatusCodes.Status503ServiceUnavailable);
            }
            finally
            {
                // A worker whose answer was not waited for would give it to the next who asks.
                if (!answered) place.Stop();
            }
        }
    }

    private void StopIdle(TimeSpan idle)
    {
        List<Place> places;
        lock (_lock) places = [.. _places.Values];
        foreach (var place in places)
        {
            if (idle == TimeSpan.MinValue)
            {
                place.Stop();
                continue;
            }

            if (place.Worker is null || clock.GetUtcNow() - place.LastUsed < idle || !place.Turn.Wait(0)) continue;
            place.Stop();
            place.Turn.Release();
        }
    }

    private sealed class Place
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public ModelWorker? Worker { get; set; }

        public DateTimeOffset LastUsed { get; set; }

        public void Stop()
        {
            Worker?.Dispose();
            Worker = null;
        }
    }
}
