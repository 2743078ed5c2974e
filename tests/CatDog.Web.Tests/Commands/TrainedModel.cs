using CatDog.Web.Tests.Features.Datasets.Importing;

namespace CatDog.Web.Tests.Commands;

/// <summary>One run of the real <c>train</c>, for the verbs that need a model.</summary>
public sealed class TrainedModel : IAsyncLifetime
{
    public ScriptedPhotos Photos { get; } = new();

    public string Run => Photos.At("run");

    public string Path => System.IO.Path.Combine(Run, "model");

    public async ValueTask InitializeAsync()
    {
        var (code, _, error) = await CommandLine.RunAsync(Photos.Train("run", 4));
        Assert.True(code == 0, error);
    }

    public ValueTask DisposeAsync()
    {
        Photos.Dispose();
        return ValueTask.CompletedTask;
    }
}

[CollectionDefinition(nameof(TrainedModel))]
public sealed class TrainedModelCollection : ICollectionFixture<TrainedModel>;
