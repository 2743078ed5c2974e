using CatDog.Training.Models;
using CatDog.Training.Native;
using CatDog.Training.Weights;
using TorchSharp;

namespace CatDog.Training.Tests.Weights;

[Collection(TorchCollection.Name)]
public sealed class SafeTensorsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public SafeTensorsTests() => TorchLoader.Load();

    [Theory]
    [InlineData(torch.ScalarType.Float32)]
    [InlineData(torch.ScalarType.Float16)]
    [InlineData(torch.ScalarType.BFloat16)]
    [InlineData(torch.ScalarType.Int64)]
    public void Tensors_come_back_as_they_were_written(torch.ScalarType type)
    {
        using var written = torch.tensor(new float[] { 1, -2.5f, 3, 0, 65504, -0.125f }).reshape(2, 3).to(type);
        using var scalar = torch.tensor(7L);
        SafeTensorsFile.Write(_folder.At("t"), [("a.b", written), ("count", scalar)], new Dictionary<string, string> { ["format"] = "pt" });

        using var file = SafeTensorsFile.Open(_folder.At("t"));
        using var read = file.Read("a.b");

        Assert.Equal(["a.b", "count"], file.Names);
        Assert.Equal("pt", file.Metadata["format"]);
        Assert.Equal(type, read.dtype);
        Assert.Equal([2, 3], read.shape);
        Assert.True(read.bytes.SequenceEqual(written.bytes));
        Assert.False(File.Exists(_folder.At("t.tmp")));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(60)]
    [InlineData(-8)]
    public void A_file_that_is_cut_off_is_refused(int length)
    {
        using var tensor = torch.zeros(100);
        SafeTensorsFile.Write(_folder.At("t"), [("a", tensor)], new Dictionary<string, string>());
        var bytes = File.ReadAllBytes(_folder.At("t"));
        File.WriteAllBytes(_folder.At("t"), length > 0 ? bytes[..length] : bytes[..^-length]);

        Assert.Contains("cannot be read", Assert.Throws<TrainingException>(() => SafeTensorsFile.Open(_folder.At("t"))).Message);
    }

    [Fact]
    public void A_head_of_another_size_stays_new_and_everything_else_is_loaded()
    {
        using var thousand = Backbone.Create("small_cnn", 1000);
        using var two = Backbone.Create("small_cnn", 2);
        SafeTensorsFile.Write(_folder.At("w"), StateDict.Of(thousand), new Dictionary<string, string>());

        Assert.False(StateDict.Load(two, _folder.At("w")));

        var from = StateDict.Of(thousand).ToDictionary(t => t.Name, t => t.Tensor);
        Assert.All(StateDict.Of(two).Where(t => !t.Name.StartsWith(two.HeadPrefix, StringComparison.Ordinal)), t => Assert.True(t.Tensor.bytes.SequenceEqual(from[t.Name].bytes), t.Name));
        Assert.Throws<TrainingException>(() => StateDict.LoadWhole(two, _folder.At("w")));
    }

    [Fact]
    public void Weights_of_another_network_are_refused_by_naming_what_differs()
    {
        using var small = Backbone.Create("small_cnn", 2);
        SafeTensorsFile.Write(_folder.At("w"), StateDict.Of(small), new Dictionary<string, string>());
        using var resnet = Backbone.Create("resnet18", 2);

        var error = Assert.Throws<TrainingException>(() => StateDict.Load(resnet, _folder.At("w")));

        Assert.Contains("do not fit resnet18", error.Message);
        Assert.Contains("'conv1.weight' is missing", error.Message);
    }

    [Theory]
    [InlineData("small_cnn")]
    [InlineData("mobilenet_v2")]
    [InlineData("resnet18")]
    [InlineData("resnet50")]
    public void A_backbone_has_as_many_parameters_as_the_page_says(string name)
    {
        using var network = Backbone.Create(name, 2);

        Assert.Equal(Backbones.Find(name)!.Parameters, network.parameters().Sum(p => p.numel()));
    }

    public void Dispose() => _folder.Dispose();
}
