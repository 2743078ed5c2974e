using Bunit;
using CatDog.Data.Datasets;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Features.Datasets.Importing;
using CatDog.Web.Tests.Features.Datasets.Importing;
using CatDog.Web.Tests.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace CatDog.Web.Tests.Features.Datasets;

public sealed class DatasetPageTests : BunitContext
{
    private readonly CatDogHost _host = new();

    public DatasetPageTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(_host.Services.GetRequiredService<DatasetService>());
        Services.AddSingleton(_host.Services.GetRequiredService<DatasetRemoval>());
        Services.AddSingleton(_host.Services.GetRequiredService<ImportService>());
        Render<MudPopoverProvider>();
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _host.DisposeAsync();
    }

    [Fact]
    public void A_data_set_that_is_not_there_is_said_with_a_way_back()
    {
        var page = Open(7);

        page.WaitForAssertion(() => Assert.Contains("There is no such data set", page.Markup, StringComparison.Ordinal));
        Assert.Equal("/", page.Find(".cd-empty-actions a").GetAttribute("href"));
    }

    [Fact]
    public async Task Without_photos_it_says_what_to_drop()
    {
        var page = Open(await _host.CreateDatasetAsync());

        page.WaitForAssertion(() => Assert.Contains("No photos yet", page.Markup, StringComparison.Ordinal));
        Assert.NotNull(page.Find("input[type=file][webkitdirectory]"));
    }

    [Fact]
    public async Task A_folder_given_on_the_page_is_imported_and_its_report_shown()
    {
        using var photos = new PhotoFolder().Photo("cats/a.jpg", 1).Photo("cats/b.jpg", 2).Photo("dogs/c.jpg", 3).Text("dogs/bad.jpg", "<svg/>");
        var page = Open(await _host.CreateDatasetAsync());
        page.WaitForAssertion(() => Assert.NotNull(page.Find("form.server")));

        await page.Find("form.server input").InputAsync(photos.Path);
        await page.Find("form.server").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("completed", page.Find("article").TextContent, StringComparison.Ordinal), TimeSpan.FromSeconds(30));
        Assert.Contains("3 imported", page.Find("article").TextContent, StringComparison.Ordinal);
        page.WaitForAssertion(() => Assert.Equal(["3", "3", "0"], page.FindAll(".cd-stat b").Select(b => b.TextContent)), TimeSpan.FromSeconds(10));
        Assert.Contains("width:66.67%", page.Find(".fill.first").GetAttribute("style"), StringComparison.Ordinal);

        await page.FindAll("article button").Single(b => b.TextContent.Contains("What was skipped", StringComparison.Ordinal)).ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("dogs/bad.jpg", page.Find("td").TextContent));
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_said_at_the_field()
    {
        var page = Open(await _host.CreateDatasetAsync());
        page.WaitForAssertion(() => Assert.NotNull(page.Find("form.server")));

        await page.Find("form.server input").InputAsync("/no/such/folder");
        await page.Find("form.server").SubmitAsync();

        page.WaitForAssertion(() => Assert.Contains("There is no folder or file '/no/such/folder'", page.Markup, StringComparison.Ordinal));
        Assert.Empty(page.FindAll("article"));
    }

    [Fact]
    public async Task A_failed_import_shows_why()
    {
        using var photos = new PhotoFolder().Photo("cats/a.jpg", 1).Text("broken.zip", "PK\x03\x04 and nothing more");
        var id = await _host.CreateDatasetAsync();
        await _host.ImportAsync(id, photos.At("broken.zip"));

        var page = Open(id);

        page.WaitForAssertion(() => Assert.Contains("failed", page.Find(".status").TextContent, StringComparison.Ordinal));
        Assert.Contains("cannot be read", page.Find(".mud-alert").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deleting_needs_the_name_and_then_removes_all_but_the_photos()
    {
        using var photos = new PhotoFolder().Photo("cats/a.jpg", 1);
        var id = await _host.CreateDatasetAsync("pets");
        await _host.ImportAsync(id, photos.Path);
        var dialogs = Render<MudDialogProvider>();
        var page = Open(id);
        page.WaitForAssertion(() => Assert.NotNull(page.Find("button[aria-label='Delete this data set']")));

        // The click ends when the dialog does.
        var opened = page.Find("button[aria-label='Delete this data set']").ClickAsync();
        dialogs.WaitForAssertion(() => Assert.True(DeleteButton().HasAttribute("disabled")));
        await dialogs.Find("input").InputAsync("pets");
        dialogs.WaitForAssertion(() => Assert.False(DeleteButton().HasAttribute("disabled")));
        await DeleteButton().ClickAsync();
        await opened.WaitAsync(TimeSpan.FromSeconds(10));

        page.WaitForAssertion(() => Assert.Equal("http://localhost/", Services.GetRequiredService<NavigationManager>().Uri));
        Assert.Equal((0, 0), (await _host.DatabaseAsync(d => d.Samples.CountAsync()), await _host.DatabaseAsync(d => d.Datasets.CountAsync())));
        Assert.True(File.Exists(photos.At("cats/a.jpg")));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(_host.DataPath, "thumbs"), "*", SearchOption.AllDirectories));

        AngleSharp.Dom.IElement DeleteButton() => dialogs.FindAll("button").Single(b => b.TextContent.Trim() == "Delete");
    }

    [Theory]
    [InlineData(ImportStatus.Queued, "Waits for its turn")]
    [InlineData(ImportStatus.Running, "500 of 2,000 · 150 a second · 0:10 left")]
    public void A_running_import_shows_how_far_it_is_and_can_be_cancelled(ImportStatus status, string progress)
    {
        var import = new Import { Id = 5, DatasetId = 1, Source = "/photos", Request = "{}", Status = status };
        var live = status == ImportStatus.Running ? new ImportProgress(status, 2000, 400, 60, 40, 150, TimeSpan.FromSeconds(10)) : null;

        var card = Render<ImportCard>(p => p.Add(c => c.Import, ImportReport.From(import, live, [])));

        Assert.Contains(progress, card.Markup, StringComparison.Ordinal);
        Assert.Single(card.FindAll("button"), b => b.TextContent.Contains("Cancel", StringComparison.Ordinal));
        Assert.Equal(status == ImportStatus.Running ? "500" : "0", card.Find("[role=progressbar]").GetAttribute("aria-valuenow"));
    }

    private IRenderedComponent<DatasetPage> Open(long id) => Render<DatasetPage>(p => p.Add(page => page.DatasetId, id));
}
