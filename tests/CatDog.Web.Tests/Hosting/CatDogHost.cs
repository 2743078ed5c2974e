using System.Reflection;
using System.Runtime.CompilerServices;
using CatDog.Data;
using CatDog.Web.Hosting;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace CatDog.Web.Tests.Hosting;

/// <summary>The real web application on a real port, over a data folder of its own that goes with it.</summary>
public sealed class CatDogHost : WebApplicationFactory<Program>
{
    private readonly bool _ownsFolder;

    public CatDogHost()
        : this(Directory.CreateTempSubdirectory("catdog-test-").FullName) => _ownsFolder = true;

    /// <summary>Opens a data folder that stays, to see what a restarted server makes of it.</summary>
    public CatDogHost(string dataFolder)
    {
        DataPath = dataFolder;
        UseKestrel(0);
        StartServer();
        Http = new HttpClient { BaseAddress = ClientOptions.BaseAddress, Timeout = TimeSpan.FromMinutes(2) };
    }

    public string DataPath { get; }

    public HttpClient Http { get; }

    /// <summary>Runs a query or a change on the application's own database.</summary>
    public async Task<T> DatabaseAsync<T>(Func<AppDbContext, Task<T>> use)
    {
        await using var database = await Services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync();
        return await use(database);
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder) => builder.UseSetting("data", DataPath);

    public override async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await base.DisposeAsync();
        await FolderIsFreeAsync();
        if (_ownsFolder) Directory.Delete(DataPath, recursive: true);
    }

    /// <summary>The program gives its folder back a moment after its host is gone.</summary>
    private async Task FolderIsFreeAsync()
    {
        for (var attempt = 0; attempt < 200; attempt++)
        {
            try
            {
                DataFolder.Open(DataPath).Dispose();
                return;
            }
            catch (UserException)
            {
                await Task.Delay(50);
            }
        }
    }

    [ModuleInitializer]
    internal static void NameTheExecutable() => Environment.SetEnvironmentVariable(
        "CATDOG_EXECUTABLE",
        typeof(CatDogHost).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "CatDogExecutable").Value);
}
