using System.Diagnostics;
using System.Text.Json;
using CatDog.Web.Tests.Features.Datasets.Importing;

namespace CatDog.Web.Tests.Commands;

/// <summary><c>score</c> and <c>worker</c>, which the dashboard starts.</summary>
[Collection(nameof(TrainedModel))]
public sealed class WorkingVerbTests(TrainedModel model) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("catdog-test-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Score_writes_a_line_for_every_row_and_says_why_where_it_cannot()
    {
        var (rows, lines) = (Path.Combine(_folder, "rows.json"), Path.Combine(_folder, "lines.jsonl"));
        File.WriteAllText(rows, JsonSerializer.Serialize(new[] { new { id = 7, path = Photo(2) }, new { id = 8, path = "/no/such.jpg" }, new { id = 9, path = Photo(3) } }));

        var (code, output, error) = await CommandLine.RunAsync("score", "--model", model.Path, "--rows", rows, "--out", lines);

        Assert.True(code == 0, error);
        Assert.EndsWith("3/3\n", output, StringComparison.Ordinal);
        var scores = File.ReadAllLines(lines).Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(score => score.GetProperty("id").GetInt64());
        Assert.Equal([7, 8, 9], scores.Keys.Order());
        Assert.True(Dog(scores[7]) < 0.5 && Dog(scores[9]) > 0.5);
        Assert.NotEqual("", scores[8].GetProperty("error").GetString());
    }

    [Fact]
    public async Task Worker_answers_line_by_line_until_its_input_ends()
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("CATDOG_EXECUTABLE")!, ["worker", "--model", model.Path])
        { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        try
        {
            var ready = await ReadAsync(process);
            Assert.True(ready.GetProperty("ready").GetBoolean());
            Assert.Equal(["cat", "dog"], ready.GetProperty("classNames").EnumerateArray().Select(name => name.GetString()));
            Assert.True(Dog(await AskAsync(process, JsonSerializer.Serialize(new { path = Photo(2) }))) < 0.5);
            Assert.NotEqual("", (await AskAsync(process, "no json")).GetProperty("error").GetString());
            Assert.True(Dog(await AskAsync(process, JsonSerializer.Serialize(new { path = Photo(3) }))) > 0.5);
            process.StandardInput.Close();
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            process.Kill();
        }
    }

    private static double Dog(JsonElement answer) => answer.GetProperty("probabilities")[1].GetDouble();

    private static async Task<JsonElement> AskAsync(Process process, string question)
    {
        await process.StandardInput.WriteLineAsync(question);
        await process.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        return await ReadAsync(process);
    }

    private static async Task<JsonElement> ReadAsync(Process process) =>
        JsonDocument.Parse((await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(TimeSpan.FromSeconds(60)))!).RootElement;

    private string Photo(int number) => Path.Combine(model.Photos.Images, ScriptedPhotos.Name(number));
}
