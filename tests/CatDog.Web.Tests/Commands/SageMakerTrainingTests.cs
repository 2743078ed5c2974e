using System.Text.Json;
using CatDog.Web.Tests.Features.Datasets.Importing;

namespace CatDog.Web.Tests.Commands;

public sealed class SageMakerTrainingTests : IDisposable
{
    private readonly ScriptedPhotos _photos = new();

    public SageMakerTrainingTests()
    {
        Directory.CreateDirectory(At("input", "config"));
        Channel("training", "train.csv");
        Channel("validation", "val.csv");
        Directory.Move(_photos.Images, At("input", "data", "images"));
    }

    public void Dispose() => _photos.Dispose();

    [Fact]
    public async Task The_channels_and_hyperparameters_of_the_container_become_a_model()
    {
        Hyperparameters("2");

        var (code, output, error) = await TrainAsync();

        Assert.True(code == 0, error);
        Assert.Contains("epoch=2; train_loss=", output, StringComparison.Ordinal);
        Assert.DoesNotContain("epoch=3;", output, StringComparison.Ordinal);
        using var model = JsonDocument.Parse(File.ReadAllBytes(At("model", "model.json")));
        Assert.Equal("small_cnn", model.RootElement.GetProperty("backbone").GetString());
        Assert.Equal(["cat", "dog"], model.RootElement.GetProperty("classNames").EnumerateArray().Select(name => name.GetString()));
        Assert.True(new FileInfo(At("model", "model.safetensors")).Length > 1000);
        Assert.False(File.Exists(At("output", "failure")));
        using var plan = JsonDocument.Parse(File.ReadAllBytes(At("checkpoints", "plan.json")));
        Assert.Equal(0.025, plan.RootElement.GetProperty("hyperparameters").GetProperty("learningRate").GetDouble());
    }

    [Fact]
    public async Task A_job_that_cannot_train_writes_why_and_fails()
    {
        Hyperparameters("several");

        var (code, _, error) = await TrainAsync();

        Assert.NotEqual(0, code);
        Assert.Contains("'epochs' cannot be 'several'", File.ReadAllText(At("output", "failure")), StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.False(File.Exists(At("model", "model.json")));
    }

    [Fact]
    public async Task A_job_without_its_photos_writes_why_and_fails()
    {
        Hyperparameters("1");
        Directory.Delete(At("input", "data", "images"), recursive: true);

        var (code, _, error) = await TrainAsync();

        Assert.NotEqual(0, code);
        Assert.NotEqual("", File.ReadAllText(At("output", "failure")));
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Error)> TrainAsync() => CommandLine.RunAsync([("SAGEMAKER_BASE_DIR", _photos.At("ml"))], ["train"]);

    private void Hyperparameters(string epochs) => File.WriteAllText(
        At("input", "config", "hyperparameters.json"),
        $$"""{"backbone":"small_cnn","epochs":"{{epochs}}","batch_size":"4","learning_rate":"0.025","device":"cpu"}""");

    private void Channel(string name, string csv) =>
        File.Move(_photos.At(csv), Path.Combine(Directory.CreateDirectory(At("input", "data", name)).FullName, csv));

    private string At(params string[] parts) => _photos.At(Path.Combine(["ml", .. parts]));
}
