using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using CatDog.Data.Datasets;
using CatDog.Data.Runs;
using CatDog.Training;
using CatDog.Web.Features.Runs;
using CatDog.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Tests.Features.Runs;

/// <summary>Real children, real photos.</summary>
public sealed class RunLauncherTests : IDisposable
{
    private readonly string _photos = Directory.CreateTempSubdirectory("catdog-test-").FullName;

    [Fact]
    public async Task A_run_trains_to_its_end_and_leaves_a_model()
    {
        await using var host = new CatDogHost();
        var dataset = await AddPhotosAsync(host);

        var run = await StartAsync(host, dataset, epochs: 2);
        var done = await host.WaitForAsync(run, r => r.Status is not (RunStatus.Queued or RunStatus.Running));

        Assert.True(done.Status == RunStatus.Completed, done.Error);
        var detail = await host.Http.GetFromJsonAsync<JsonElement>($"/api/runs/{run}");
        Assert.Equal("completed", detail.GetProperty("status").GetString());
        Assert.Equal([1, 2], detail.GetProperty("epochs").EnumerateArray().Select(e => e.GetProperty("epoch").GetInt32()));
        Assert.InRange(detail.GetProperty("best").GetProperty("valAccuracy").GetDouble(), 0, 1);
        Assert.True(Directory.Exists(new RunFolder(done.Folder).Model));
        Assert.Equal(HttpStatusCode.Conflict, (await host.Http.PostAsync($"/api/runs/{run}/cancel", null)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await host.Http.PostAsync($"/api/runs/{run}/resume", null)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync($"/api/runs/{run}/receipt")).StatusCode);
    }

    [Fact]
    public async Task A_run_outlives_its_server_is_followed_by_the_next_and_can_be_killed_and_resumed_there()
    {
        var folder = Directory.CreateTempSubdirectory("catdog-test-").FullName;
        long run;
        Run before;
        await using (var first = new CatDogHost(folder))
        {
            run = await StartAsync(first, await AddPhotosAsync(first), epochs: 500);
            before = await first.WaitForAsync(run, r => r.Epochs.Count >= 1);
        }

        await WaitForLockAsync(folder);
        await using (var second = new CatDogHost(folder))
        {
            var after = await second.WaitForAsync(run, r => r.Epochs.Count > before.Epochs.Count + 1);
            Assert.Equal(before.ProcessId, after.ProcessId);
            Assert.Equal(Enumerable.Range(1, after.Epochs.Count), after.Epochs.Select(e => e.Number).Order());

            Process.GetProcessById(after.ProcessId!.Value).Kill();
            var dead = await second.WaitForAsync(run, r => r.Status != RunStatus.Running);
            Assert.Equal(RunStatus.Interrupted, dead.Status);
            Assert.Contains("Resume", dead.Error);

            Assert.Equal(HttpStatusCode.Accepted, (await second.Http.PostAsync($"/api/runs/{run}/resume", null)).StatusCode);
            var resumed = await second.WaitForAsync(run, r => r.Status == RunStatus.Running && r.LastSequence > dead.LastSequence + 3);
            Assert.NotEqual(before.ProcessId, resumed.ProcessId);

            Assert.Equal(HttpStatusCode.Accepted, (await second.Http.PostAsync($"/api/runs/{run}/cancel", null)).StatusCode);
            var canceled = await second.WaitForAsync(run, r => r.Status != RunStatus.Running);
            Assert.Equal(RunStatus.Canceled, canceled.Status);
            var events = new EventTail(new RunFolder(canceled.Folder).Events).ReadNew();
            Assert.Equal(Enumerable.Range(1, events.Count).Select(s => (long)s), events.Select(e => e.Sequence));
        }

        await WaitForLockAsync(folder);
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task A_killed_trainer_is_interrupted_with_the_reason_and_the_queue_goes_on()
    {
        await using var host = new CatDogHost();
        var dataset = await AddPhotosAsync(host);
        var first = await StartAsync(host, dataset, epochs: 500);
        var second = await StartAsync(host, dataset, epochs: 500);
        var running = await host.WaitForAsync(first, r => r.LastSequence > 0);
        Assert.Equal("queued", (await host.Http.GetFromJsonAsync<JsonElement>($"/api/runs/{second}")).GetProperty("status").GetString());

        Process.GetProcessById(running.ProcessId!.Value).Kill();

        var dead = await host.WaitForAsync(first, r => r.Status != RunStatus.Running);
        Assert.Equal(RunStatus.Interrupted, dead.Status);
        Assert.Contains("memory", dead.Error);
        await host.WaitForAsync(second, r => r.Status == RunStatus.Running);
        await host.Http.PostAsync($"/api/runs/{second}/cancel", null);
        Assert.Equal(RunStatus.Canceled, (await host.WaitForAsync(second, r => r.Status != RunStatus.Running)).Status);
    }

    [Theory]
    [InlineData("""{"epochs":0}""", "epochs")]
    [InlineData("""{"learningRate":"fast"}""", "learningRate")]
    [InlineData("""{"backbone":"vgg99"}""", "backbone")]
    [InlineData("""{"tuning":"half"}""", "tuning")]
    [InlineData("""{"weights":"/no/such/file.safetensors"}""", "weights")]
    [InlineData("""{"preset":"none"}""", "preset")]
    public async Task Hyperparameters_that_will_not_do_are_refused_by_name(string body, string field)
    {
        await using var host = new CatDogHost();
        var dataset = await host.AddAsync(8, split: i => i < 6 ? Split.Train : Split.Val);

        var answer = await host.Http.PostAsync($"/api/datasets/{dataset}/runs", new StringContent(body, null, "application/json"));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("errors").TryGetProperty(field, out _));
        Assert.Equal(0, await host.DatabaseAsync(d => d.Runs.CountAsync()));
    }

    [Fact]
    public async Task A_data_set_without_a_split_says_what_to_do()
    {
        await using var host = new CatDogHost();
        var dataset = await host.AddAsync(8);

        var answer = await host.Http.PostAsJsonAsync($"/api/datasets/{dataset}/runs", new { backbone = "small_cnn" });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("split", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString());
    }

    public void Dispose() => Directory.Delete(_photos, recursive: true);

    private Task<long> AddPhotosAsync(CatDogHost host) =>
        host.AddAsync(24, _photos, i => i < 16 ? Split.Train : i < 20 ? Split.Val : Split.Test);

    private static async Task<long> StartAsync(CatDogHost host, long dataset, int epochs)
    {
        var answer = await host.Http.PostAsJsonAsync($"/api/datasets/{dataset}/runs", new { backbone = "small_cnn", epochs, batchSize = 8, device = "cpu" });
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetInt64();
    }

    /// <summary>The old server lets go of the folder a moment after its host is disposed.</summary>
    private static async Task WaitForLockAsync(string folder)
    {
        for (var tries = 0; tries < 100; tries++)
        {
            try
            {
                await using var file = new FileStream(Path.Combine(folder, "catdog.lock"), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                return;
            }
            catch (IOException)
            {
                await Task.Delay(100);
            }
        }
    }
}
