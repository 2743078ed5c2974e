using System.Net;

namespace CatDog.Web.Tests.Hosting;

public sealed class HealthTests
{
    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    public async Task A_started_server_is_healthy(string path)
    {
        await using var host = new CatDogHost();

        var answer = await host.Http.GetAsync(path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/css/app.css")]
    [InlineData("/_framework/blazor.web.js")]
    [InlineData("/_content/MudBlazor/MudBlazor.min.css")]
    public async Task Static_files_arrive_with_their_bytes(string path)
    {
        await using var host = new CatDogHost();

        var bytes = await host.Http.GetByteArrayAsync(path);

        Assert.True(bytes.Length > 500, $"{path} has {bytes.Length} bytes.");
    }
}
