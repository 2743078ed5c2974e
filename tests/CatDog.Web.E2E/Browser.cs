using Microsoft.Playwright;

namespace CatDog.Web.E2E;

/// <summary>Headless Chromium, from the machine rather than downloaded.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browser(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Browser> LaunchAsync()
    {
        var path = FindChromium();
        if (path is null) Assert.Skip("Needs Chromium: install it, or name one in CATDOG_CHROMIUM. tests/run.sh does so by itself.");
        var playwright = await Playwright.CreateAsync();
        return new(playwright, await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        }));
    }

    public async Task<IPage> OpenAsync(Uri address, int width = 1440, int height = 900, bool dark = false)
    {
        var context = await _browser.NewContextAsync(new()
        {
            BaseURL = address.ToString(),
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = dark ? ColorScheme.Dark : ColorScheme.Light,
            AcceptDownloads = true,
        });
        context.SetDefaultTimeout(30_000);
        return await context.NewPageAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static string? FindChromium() =>
        new[] { Environment.GetEnvironmentVariable("CATDOG_CHROMIUM"), "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }
            .FirstOrDefault(File.Exists);
}

internal static class PageExtensions
{
    /// <summary>Goes to an address and waits until its buttons are alive.</summary>
    public static async Task GoAsync(this IPage page, string address)
    {
        await page.GotoAsync(address);
        await page.Locator("[data-ready=true]").WaitForAsync(new() { State = WaitForSelectorState.Attached });
    }
}
