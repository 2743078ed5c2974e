using CatDog.Training.Images;
using CatDog.Training.Loading;
using CatDog.Training.Models;
using CatDog.Training.Native;
using TorchSharp;

namespace CatDog.Training;

/// <summary>What a model says of a photo.</summary>
/// <param name="Index">The photo's place in what was asked for.</param>
/// <param name="Probabilities">0..1, in the order of the class names; null where there is an error.</param>
/// <param name="Error">Why the photo could not be read.</param>
public sealed record PhotoPrediction(int Index, double[]? Probabilities, string? Error);

/// <summary>A trained model that classifies photos, with the preprocessing it was trained with. For one thread at a time.</summary>
public sealed class Predictor : IDisposable
{
    private readonly Backbone _network;
    private readonly ModelDescription _description;
    private readonly torch.Device _device;
    private readonly PhotoLoader _loader;

    private Predictor(Backbone network, ModelDescription description, torch.Device device)
    {
        (_network, _description, _device) = (network, description, device);
        _loader = new(description.Preprocessing);
    }

    public IReadOnlyList<string> ClassNames => _description.ClassNames;

    public ModelDescription Description => _description;

    /// <param name="folder">With <c>model.json</c> and <c>model.safetensors</c>.</param>
    /// <param name="device"><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</param>
    /// <exception cref="TrainingException">There is no usable model, or no such device.</exception>
    public static Predictor Load(string folder, string device = "auto")
    {
        TorchLoader.Load();
        var (network, description) = ModelFolder.Load(folder);
        var chosen = TorchDevice.Choose(device);
        network.to(chosen);
        return new(network, description, chosen);
    }

    /// <summary>Classifies photo files, decoding ahead; answers come in batches, each photo once.</summary>
    public IEnumerable<PhotoPrediction> Predict(IReadOnlyList<string> paths, int batchSize = 16)
    {
        var photos = new PhotoBatches(_network, _description.Preprocessing, paths, new int[paths.Count], BatchOrder.AsListed(batchSize), keep: false);
        foreach (var batch in photos.Epoch(0))
        {
            var probabilities = batch.Count > 0 ? Probabilities(batch.Inputs) : [];
            for (var i = 0; i < batch.Count; i++) yield return new(batch.Rows[i], probabilities[i], null);
            foreach (var (row, _, reason) in batch.Unreadable) yield return new(row, null, reason);
        }
    }

    /// <summary>Classifies one photo.</summary>
    /// <param name="file">The bytes of an image file.</param>
    /// <exception cref="ImageException">The bytes are no usable picture.</exception>
    public double[] Predict(ReadOnlySpan<byte> file)
    {
        var numbers = new float[_loader.PictureLength];
        _loader.Normalize(_loader.Load(file), flip: false, numbers);
        return Probabilities(device => Batch.ToTensor(numbers, [1, 3, _loader.Side, _loader.Side], device))[0];
    }

    public string LabelOf(IReadOnlyList<double> probabilities) => ClassNames[probabilities.Index().MaxBy(p => p.Item).Index];

    public void Dispose() => _network.Dispose();

    private double[][] Probabilities(Func<torch.Device, torch.Tensor> inputs)
    {
        using var scope = torch.NewDisposeScope();
        using var frozen = torch.inference_mode();
        var numbers = torch.nn.functional.softmax(_network.call(inputs(_device)), 1).to(torch.float64).cpu().data<double>().ToArray();
        return [.. numbers.Chunk(ClassNames.Count)];
    }
}
