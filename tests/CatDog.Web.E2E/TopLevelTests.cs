using System.Diagnostics;

namespace CatDog.Web.E2E;

public sealed class TopLevelTests
{
    private static readonly string[] Wanted = ["CatDog.Web.sln", "Dockerfile", "README.md", "src", "tests", "wwwroot-assets"];

    [Fact]
    public async Task The_top_level_shows_what_the_owner_asked_for_and_no_more()
    {
        var visible = (await TrackedTopLevelAsync()).Where(name => !name.StartsWith('.') && !IsForTheSdk(name)).Order(StringComparer.Ordinal);

        Assert.Equal(Wanted, visible);
    }

    private static bool IsForTheSdk(string name) =>
        name is "global.json" or "nuget.config" or "NuGet.config" || name.EndsWith(".props", StringComparison.Ordinal) || name.EndsWith(".targets", StringComparison.Ordinal);

    private static async Task<string[]> TrackedTopLevelAsync()
    {
        using var git = Process.Start(new ProcessStartInfo("git", ["ls-files", "-z"]) { WorkingDirectory = CatDogServer.RepositoryRoot, RedirectStandardOutput = true })!;
        var files = await git.StandardOutput.ReadToEndAsync();
        await git.WaitForExitAsync();
        return [.. files.Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(f => f.Split('/')[0]).Distinct()];
    }
}
