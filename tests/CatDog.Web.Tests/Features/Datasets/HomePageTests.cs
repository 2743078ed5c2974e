using Bunit;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Tests.Features.Datasets.Importing;
using CatDog.Web.Tests.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace CatDog.Web.Tests.Features.Datasets;

public sealed class HomePageTests : BunitContext
{
    private readonly CatDogHost _host = new();

    public HomePageTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(_host.Services.GetRequiredService<DatasetService>());
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _host.DisposeAsync();
    }

    [Fact]
    public void Without_data_sets_it_says_how_to_begin()
    {
        var page = Render<HomePage>();

        page.WaitForAssertion(() => Assert.Contains("Bring your first photos", page.Markup, StringComparison.Ordinal));
        Assert.Single(page.FindAll("button"), b => b.TextContent.Contains("New data set", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_card_shows_photos_counts_and_the_next_step()
    {
        using var photos = new PhotoFolder().Photo("cats/a.jpg", 1).Photo("dogs/b.jpg", 2).Photo("c.jpg", 3);
        var id = await _host.CreateDatasetAsync("holiday");
        await _host.ImportAsync(id, photos.Path);

        var page = Render<HomePage>();

        page.WaitForAssertion(() => Assert.Single(page.FindAll("article")));
        Assert.Contains("3 photos · 1 cat · 1 dog · 1 unlabeled", page.Find("article").TextContent, StringComparison.Ordinal);
        Assert.Equal(3, page.FindAll("article img").Count);
        foreach (var image in page.FindAll("article img")) Assert.NotEmpty(await _host.Http.GetByteArrayAsync(image.GetAttribute("src")));
        Assert.Equal($"datasets/{id}/label?label=none", page.FindAll("article a").Last().GetAttribute("href"));
    }

    [Fact]
    public async Task A_set_without_photos_leads_to_its_import_and_a_drawn_one_is_called_drawn()
    {
        var datasets = _host.Services.GetRequiredService<DatasetService>();
        await datasets.CreateAsync("demo", null, isDrawn: true);

        var page = Render<HomePage>();

        page.WaitForAssertion(() => Assert.Contains("No photos yet", page.Markup, StringComparison.Ordinal));
        Assert.Contains("Import photos", page.Find("article").TextContent, StringComparison.Ordinal);
        Assert.Equal("drawn", page.Find(".cd-chip").TextContent);
    }

    [Fact]
    public async Task A_new_data_set_opens_and_a_taken_name_is_said_in_the_dialog()
    {
        await _host.CreateDatasetAsync("pets");
        var dialogs = Render<MudDialogProvider>();
        Render<MudPopoverProvider>();
        var page = Render<HomePage>();
        page.WaitForAssertion(() => Assert.Single(page.FindAll("article")));

        // The click ends when the dialog does.
        var opened = page.FindAll("button").Single(b => b.TextContent.Contains("New data set", StringComparison.Ordinal)).ClickAsync();
        dialogs.WaitForAssertion(() => Assert.Equal(2, dialogs.FindAll("input").Count));
        await dialogs.FindAll("input")[0].InputAsync("pets");
        await dialogs.Find("form").SubmitAsync();
        dialogs.WaitForAssertion(() => Assert.Contains("There is a data set called 'pets' already", dialogs.Markup, StringComparison.Ordinal));

        await dialogs.FindAll("input")[0].InputAsync("more pets");
        await dialogs.Find("form").SubmitAsync();
        await opened.WaitAsync(TimeSpan.FromSeconds(10));
        page.WaitForAssertion(() => Assert.EndsWith("datasets/2", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal));
        Assert.Equal("more pets", (await _host.Services.GetRequiredService<DatasetService>().GetAsync(2)).Name);
    }
}
