using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CatDog.Web.Tests.Features.Datasets.Importing;

namespace CatDog.Web.Tests.Commands;

public sealed partial class TrainCommandTests : IDisposable
{
    private readonly ScriptedPhotos _photos = new();

    public void Dispose() => _photos.Dispose();

    [Fact]
    public async Task Train_tells_every_epoch_and_leaves_the_whole_record_whatever_the_language()
    {
        var (code, output, error) = await CommandLine.RunAsync([("LANG", "de_DE.UTF-8"), ("LC_ALL", "de_DE.UTF-8")], _photos.Train("run", 4));

        Assert.True(code == 0, error);
        Assert.Equal(["1", "2", "3", "4"], Epochs(output));
        Assert.Equal(1, double.Parse(EpochLine().Matches(output)[^1].Groups["accuracy"].Value, CultureInfo.InvariantCulture));
        foreach (var file in (string[])["plan.json", "events.jsonl", "checkpoints/last", "checkpoints/best", "model/model.json", "model/model.safetensors", "receipt.json"])
            Assert.True(File.Exists(At("run", file)), file);
        using var plan = JsonDocument.Parse(File.ReadAllBytes(At("run", "plan.json")));
        Assert.Equal(0.025, plan.RootElement.GetProperty("hyperparameters").GetProperty("learningRate").GetDouble());
        Assert.Equal(24, plan.RootElement.GetProperty("rows").GetArrayLength());
        var predictions = File.ReadAllLines(At("run", "predictions.csv"));
        Assert.Equal("sample_id,file_name,path,label,predicted_label,correct,p_cat,p_dog,run_id", predictions[0]);
        Assert.Equal(["dog", "cat", "dog", "cat"], predictions[1..].Select(line => line.Split(',')[4]));
    }

    [Fact]
    public async Task A_killed_run_goes_on_with_resume_and_ends_with_each_epoch_once()
    {
        var epochs = 6;
        string told;
        using (var process = CommandLine.Start(_photos.Train("run", epochs)))
        {
            told = await UntilEpochAsync(process, 2);
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.False(File.Exists(At("run", "receipt.json")), "The run was over before it could be killed.");
        var (code, output, error) = await CommandLine.RunAsync(_photos.Train("run", epochs, "--resume"));

        Assert.True(code == 0, error);
        Assert.NotEqual("1", Epochs(output)[0]);
        Assert.Equal(["1", "2", "3", "4", "5", "6"], Epochs(told).TakeWhile(epoch => epoch != Epochs(output)[0]).Concat(Epochs(output)));
        Assert.True(File.Exists(At("run", "receipt.json")));
    }

    [Theory]
    [InlineData("--train", "/no/such.csv", "/no/such.csv")]
    [InlineData("--images", "/no/such/folder", "/no/such/folder")]
    [InlineData("--backbone", "alexnet", "'alexnet' is not a backbone")]
    [InlineData("--epochs", "0", "Epochs must be")]
    [InlineData("--epochs", "many", "many")]
    [InlineData("--learning-rate", "0,01", "0,01")]
    [InlineData("--epoch", "3", "--epoch")]
    public async Task A_mistake_is_one_line_on_stderr_and_leaves_no_run(string option, string value, string reason)
    {
        var arguments = _photos.Train("run", 1);
        var at = Array.IndexOf(arguments, option);
        string[] mistaken = at < 0 ? [.. arguments, option, value] : [.. arguments[..(at + 1)], value, .. arguments[(at + 2)..]];

        var (code, output, error) = await CommandLine.RunAsync(mistaken);

        Assert.NotEqual(0, code);
        Assert.Equal("", output);
        Assert.Contains(reason, error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_photos.At("run")));
    }

    [Fact]
    public async Task A_run_folder_that_holds_a_run_is_not_written_over()
    {
        Assert.Equal(0, (await CommandLine.RunAsync(_photos.Train("run", 1))).Code);
        var events = File.ReadAllText(At("run", "events.jsonl"));

        var (code, _, error) = await CommandLine.RunAsync(_photos.Train("run", 1));

        Assert.NotEqual(0, code);
        Assert.Contains("--resume", error, StringComparison.Ordinal);
        Assert.Equal(events, File.ReadAllText(At("run", "events.jsonl")));
    }

    private static string[] Epochs(string output) => [.. EpochLine().Matches(output).Select(match => match.Groups["epoch"].Value)];

    private static async Task<string> UntilEpochAsync(Process process, int epoch)
    {
        var told = "";
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            told += line + "\n";
            if (Epochs(told).Length == epoch) return told;
        }

        throw new InvalidOperationException($"It ended before epoch {epoch}: {told}");
    }

    private string At(params string[] parts) => _photos.At(Path.Combine(parts));

    [GeneratedRegex(@"^epoch=(?<epoch>\d+); train_loss=\d+\.\d{4}; train_accuracy=[01]\.\d{4}; val_loss=\d+\.\d{4}; val_accuracy=(?<accuracy>[01]\.\d{4}); seconds=\d+\.\d;$", RegexOptions.Multiline)]
    private static partial Regex EpochLine();
}
