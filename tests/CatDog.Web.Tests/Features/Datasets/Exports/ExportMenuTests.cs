using Bunit;
using CatDog.Web.Features.Datasets.Exports;
using MudBlazor;
using MudBlazor.Services;

namespace CatDog.Web.Tests.Features.Datasets.Exports;

public sealed class ExportMenuTests : BunitContext
{
    [Fact]
    public async Task It_opens_to_a_download_for_each_format()
    {
        Services.AddMudServices();
        JSInterop.Mode = JSRuntimeMode.Loose;
        var popovers = Render<MudPopoverProvider>();
        var menu = Render<ExportMenu>(p => p.Add(m => m.DatasetId, 7));

        await menu.Find("button").ClickAsync(new());

        var links = popovers.FindAll("a[href]");
        Assert.Equal(
            ["article", "csv", "kaggle", "lst", "manifest"],
            links.Select(l => l.GetAttribute("href")!.Replace("/api/datasets/7/export?format=", "")));
        Assert.All(links, link => Assert.True(link.HasAttribute("download")));
    }
}
