using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using CatDog.Web.Tests.Features.Datasets.Importing;

namespace CatDog.Web.Tests.Commands;

[Collection(nameof(TrainedModel))]
public sealed class ServeCommandTests(TrainedModel model)
{
    [Fact]
    public async Task Serve_answers_what_SageMaker_asks_until_SIGTERM()
    {
        var port = FreePort();
        using var process = CommandLine.Start("serve", "--model", model.Path, "--port", $"{port}");
        try
        {
            using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(60) };
            Assert.Contains($"port {port}", await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? "", StringComparison.Ordinal);

            Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("/ping", TestContext.Current.CancellationToken)).StatusCode);
            await AnswersAsync(http, "cat", 2);
            await AnswersAsync(http, "dog", 3);
            await RefusesAsync(http, "no photo"u8.ToArray());
            await RefusesAsync(http, []);

            using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken);
            Assert.Equal(0, process.ExitCode);
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public async Task Serve_without_a_model_says_so_in_one_line()
    {
        var (code, output, error) = await CommandLine.RunAsync("serve", "--model", "/no/such/model", "--port", $"{FreePort()}");

        Assert.NotEqual(0, code);
        Assert.Equal("", output);
        Assert.Contains("/no/such/model", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Serve_on_a_port_that_is_taken_says_so_in_one_line()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();

        var (code, output, error) = await CommandLine.RunAsync("serve", "--model", model.Path, "--port", $"{((IPEndPoint)listener.LocalEndpoint).Port}");

        Assert.NotEqual(0, code);
        Assert.Equal("", output);
        Assert.Contains("address already in use", error, StringComparison.Ordinal);
        Assert.Single(error.TrimEnd().Split('\n'));
    }

    private static async Task AnswersAsync(HttpClient http, string label, int photo)
    {
        using var response = await InvokeAsync(http, ScriptedPhotos.Jpeg(photo));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.Equal(label, answer.GetProperty("label").GetString());
        var probabilities = answer.GetProperty("probabilities");
        Assert.Equal(1, probabilities.GetProperty("cat").GetDouble() + probabilities.GetProperty("dog").GetDouble(), 1e-4);
        Assert.True(probabilities.GetProperty(label).GetDouble() > 0.5);
    }

    private static async Task RefusesAsync(HttpClient http, byte[] body)
    {
        using var response = await InvokeAsync(http, body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.Current.CancellationToken);
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
    }

    private static async Task<HttpResponseMessage> InvokeAsync(HttpClient http, byte[] body)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        return await http.PostAsync("/invocations", content, TestContext.Current.CancellationToken);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
