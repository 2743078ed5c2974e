using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using CatDog.Data.Datasets;
using CatDog.Training.Images;
using CatDog.Web.Tests.Features.Datasets.Importing;
using CatDog.Web.Tests.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Tests.Features.Datasets.Media;

public sealed class MediaTests : IAsyncLifetime
{
    private readonly PhotoFolder _photos = new();
    private readonly CatDogHost _host = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _photos.Dispose();
    }

    [Theory]
    [InlineData("thumb")]
    [InlineData("image")]
    public async Task Bytes_come_with_a_tag_and_are_not_sent_again_to_who_has_them(string kind)
    {
        var sample = await ImportOneAsync();

        var first = await _host.Http.GetAsync($"/media/{sample.Id}/{kind}");
        using var again = new HttpRequestMessage(HttpMethod.Get, $"/media/{sample.Id}/{kind}");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        var second = await _host.Http.SendAsync(again);

        Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (first.StatusCode, first.Content.Headers.ContentType?.MediaType));
        Assert.Contains(sample.Sha256, first.Headers.ETag!.Tag, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Only_an_address_with_the_photos_version_may_be_kept_for_good()
    {
        var sample = await ImportOneAsync();

        var versioned = await _host.Http.GetAsync($"/media/{sample.Id}/thumb?v={sample.Sha256[..12]}");
        var other = await _host.Http.GetAsync($"/media/{sample.Id}/thumb?v=000000000000");

        Assert.Contains("immutable", versioned.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("immutable", other.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        Assert.True(other.Headers.CacheControl!.Private);
    }

    [Fact]
    public async Task A_part_can_be_asked_for()
    {
        var sample = await ImportOneAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/media/{sample.Id}/image") { Headers = { Range = new RangeHeaderValue(10, 19) } };

        var answer = await _host.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal(TestPhotos.Jpeg(1, 900, 600)[10..20], await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task A_thumbnail_is_small_and_made_anew_where_it_is_gone()
    {
        var sample = await ImportOneAsync();
        Directory.Delete(Path.Combine(_host.DataPath, "thumbs"), recursive: true);

        var header = ImageDecoder.Identify(await _host.Http.GetByteArrayAsync($"/media/{sample.Id}/thumb"));

        Assert.Equal((256, 171), (header.Width, header.Height));
    }

    [Theory]
    [InlineData("exif_orientation_6.jpg")]
    [InlineData("cmyk.tiff")]
    [InlineData("anim.gif")]
    public async Task What_a_browser_would_not_show_right_is_sent_as_an_upright_still_jpeg(string name)
    {
        File.Copy(TestData.Require($"weird/{name}"), _photos.At(name));
        await _host.ImportAsync(await _host.CreateDatasetAsync(), _photos.Path);
        var sample = await _host.DatabaseAsync(d => d.Samples.SingleAsync());

        var header = ImageDecoder.Identify(await _host.Http.GetByteArrayAsync($"/media/{sample.Id}/image"));

        Assert.Equal(("image/jpeg", ImageOrientation.TopLeft, 1), (header.MediaType, header.Orientation, header.FrameCount));
        Assert.Equal((sample.Width, sample.Height), (header.Width, header.Height));
    }

    [Fact]
    public async Task A_photo_whose_file_is_gone_is_answered_with_what_to_do()
    {
        var sample = await ImportOneAsync();
        File.Delete(sample.Location);

        var answer = await _host.Http.GetAsync($"/media/{sample.Id}/image");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains(sample.Location, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _host.Http.GetAsync("/media/999/thumb")).StatusCode);
    }

    private async Task<Sample> ImportOneAsync()
    {
        TestPhotos.Write(_photos.At("a.jpg"), 1, 900, 600);
        var report = await _host.ImportAsync(await _host.CreateDatasetAsync(), _photos.Path);
        Assert.True(report.Imported == 1, $"{report.Status}: {report.Error} {report.Problems.FirstOrDefault()}");
        return await _host.DatabaseAsync(d => d.Samples.SingleAsync());
    }
}
