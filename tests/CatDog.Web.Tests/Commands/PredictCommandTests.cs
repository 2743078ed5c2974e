using System.Globalization;
using CatDog.Web.Tests.Features.Datasets.Importing;

namespace CatDog.Web.Tests.Commands;

[Collection(nameof(TrainedModel))]
public sealed class PredictCommandTests(TrainedModel model) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("catdog-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Full_says_what_is_right_of_labelled_photos()
    {
        var lines = await PredictAsync("full", "--csv", model.Photos.At("val.csv"));

        Assert.Equal("sample_id,file_name,path,label,predicted_label,correct,p_cat,p_dog,run_id", lines[0]);
        var rows = lines[1..].Select(line => line.Split(',')).ToList();
        Assert.Equal(["dog.17.jpg", "cat.18.jpg", "dog.19.jpg", "cat.20.jpg"], rows.Select(row => row[1]));
        Assert.All(rows, row => Assert.Equal((row[1][..3], row[1][..3], "true"), (row[3], row[4], row[5])));
        Assert.All(rows, row => Assert.Equal(1, Number(row[6]) + Number(row[7]), 1e-4));
        Assert.All(rows, row => Assert.Equal(row[4] == "dog", Number(row[7]) > 0.5));
    }

    [Fact]
    public async Task Article_numbers_the_classes_cat_0_and_dog_1()
    {
        var lines = await PredictAsync("article");

        Assert.Equal("file_name,predicted_class_id", lines[0]);
        Assert.Equal(
            Enumerable.Range(1, 24).Select(i => $"{ScriptedPhotos.Name(i)},{(ScriptedPhotos.Label(i) == "dog" ? 1 : 0)}").Order(StringComparer.Ordinal),
            lines[1..].Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Kaggle_is_sorted_by_number_and_gives_the_probability_of_the_second_class()
    {
        var lines = await PredictAsync("kaggle");
        var full = await PredictAsync("full");

        Assert.Equal("id,label", lines[0]);
        var dog = full[1..].Select(line => line.Split(',')).ToDictionary(row => row[1], row => row[7]);
        Assert.Equal(Enumerable.Range(1, 24).Select(i => $"{i},{dog[ScriptedPhotos.Name(i)]}"), lines[1..]);
    }

    [Fact]
    public async Task A_photo_that_cannot_be_read_is_named_and_left_out()
    {
        var images = Directory.CreateDirectory(Path.Combine(_folder, "photos")).FullName;
        File.WriteAllBytes(Path.Combine(images, "1.jpg"), ScriptedPhotos.Jpeg(1));
        File.WriteAllText(Path.Combine(images, "2.jpg"), "no photo");
        var csv = Path.Combine(_folder, "out.csv");

        var (code, _, error) = await CommandLine.RunAsync("predict", "--model", model.Path, "--images", images, "--out", csv, "--format", "article", "--device", "cpu");

        Assert.Equal(0, code);
        Assert.Contains("2.jpg", error, StringComparison.Ordinal);
        Assert.Equal(["file_name,predicted_class_id", "1.jpg,1"], File.ReadAllLines(csv));
    }

    [Theory]
    [InlineData("--model", "/no/such/model")]
    [InlineData("--images", "/no/such/folder")]
    [InlineData("--csv", "/no/such.csv")]
    [InlineData("--format", "xml")]
    public async Task A_mistake_is_one_line_on_stderr_and_a_code(string option, string value)
    {
        Dictionary<string, string> options = new() { ["--model"] = model.Path, ["--images"] = model.Photos.Images, ["--out"] = Path.Combine(_folder, "out.csv"), [option] = value };

        var (code, output, error) = await CommandLine.RunAsync(["predict", .. options.SelectMany(o => new[] { o.Key, o.Value })]);

        Assert.NotEqual(0, code);
        Assert.Equal("", output);
        Assert.Contains(value, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private async Task<string[]> PredictAsync(string format, params string[] more)
    {
        var path = Path.Combine(_folder, $"{format}.csv");
        var (code, _, error) = await CommandLine.RunAsync(
            ["predict", "--model", model.Path, "--images", model.Photos.Images, "--out", path, "--format", format, "--device", "cpu", .. more]);
        Assert.True(code == 0, error);
        return File.ReadAllLines(path);
    }
}
