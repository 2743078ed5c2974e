using System.CommandLine;
using System.Globalization;
using CatDog.Data;
using CatDog.Data.Datasets;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Features.Datasets.Importing;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Commands;

/// <summary><c>import SOURCE --dataset NAME</c>: without a server, in the same data folder.</summary>
internal static class ImportCommand
{
    public static Command Create()
    {
        var source = new Argument<string>("SOURCE") { Description = "A folder, a .zip, or a .csv of file names and labels." };
        var dataset = new Option<string>("--dataset") { Description = "The data set's name; it is made if there is none.", Required = true };
        var labels = new Option<string?>("--labels") { Description = "folder, filename, csv or none; left out, the source is looked at." };
        var csv = new Option<string?>("--csv") { Description = "A CSV of file names and labels for a folder or zip." };
        var images = new Option<string?>("--images") { Description = "The folder that the names in a .csv SOURCE refer to." };
        var data = WebCommand.DataOption();
        var command = new Command("import", "Brings photos and labels into a data set.") { source, dataset, labels, csv, images, data };
        command.SetAction(async (result, cancellation) =>
        {
            var request = new ImportRequest(result.GetRequiredValue(source), result.GetValue(labels), result.GetValue(csv), result.GetValue(images));
            try
            {
                return await RunAsync(result.GetRequiredValue(data), result.GetRequiredValue(dataset), request, cancellation);
            }
            catch (UserException e)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return 1;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(string dataPath, string datasetName, ImportRequest request, CancellationToken cancellation)
    {
        // A wrong source must not leave an empty data set behind.
        request = ImportRequestCheck.Check(request);
        using var folder = Open(dataPath);
        await using var services = Services(folder);
        await using (var database = await services.GetRequiredService<IDbContextFactory<AppDbContext>>().CreateDbContextAsync(cancellation))
            await DatabaseSetup.MigrateAsync(database, cancellation);

        var datasets = services.GetRequiredService<DatasetService>();
        var imports = services.GetRequiredService<ImportService>();
        var dataset = await datasets.FindAsync(datasetName, cancellation) ?? await datasets.CreateAsync(datasetName, null, cancellation: cancellation);
        var id = await imports.FindInterruptedAsync(dataset.Id, request, cancellation)
            ?? await imports.AddAsync(dataset.Id, request, null, ImportStatus.Running, cancellation);
        var run = services.GetRequiredService<ImportRun>().RunAsync(id, cancellation, CancellationToken.None);
        await FollowAsync(services.GetRequiredService<ImportFeed>(), id, run);
        return await ReportAsync(await imports.GetAsync(id, CancellationToken.None), dataset.Name);
    }

    private static DataFolder Open(string path)
    {
        try
        {
            return DataFolder.Open(path);
        }
        catch (UserException e) when (e.InnerException is IOException)
        {
            throw new UserException($"{e.Message} While a server runs, import from its page or over REST.", e);
        }
    }

    private static ServiceProvider Services(DataFolder folder)
    {
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddSimpleConsole().SetMinimumLevel(LogLevel.Critical));
        services.AddSingleton(folder).AddSingleton(TimeProvider.System).AddDbContextFactory<AppDbContext>(options => options.UseDataFolder(folder.Path));
        return services.AddDatasets().BuildServiceProvider();
    }

    private static async Task FollowAsync(ImportFeed feed, long id, Task run)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(Console.IsOutputRedirected ? 5 : 1));
        while (await Task.WhenAny(run, timer.WaitForNextTickAsync().AsTask()) != run)
        {
            if (feed.Find(id) is not { } progress) continue;
            var rate = progress.Rate is { } r ? string.Create(CultureInfo.InvariantCulture, $", {r:0} a second") : "";
            var left = progress.Remaining is { } t ? string.Create(CultureInfo.InvariantCulture, $", {t:h\\:mm\\:ss} left") : "";
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{progress.Done} of {progress.Found}{rate}{left}"));
        }

        await run;
    }

    private static async Task<int> ReportAsync(ImportReport report, string dataset)
    {
        foreach (var problem in report.Problems) Console.WriteLine($"{problem.Path}: {problem.Reason}");
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{dataset}: found={report.Found}; imported={report.Imported}; duplicates={report.Duplicates}; skipped={report.Skipped};"));
        if (report.Status == "completed") return 0;
        await Console.Error.WriteLineAsync(report.Error ?? "The import was cancelled. What was imported stays; run it again to go on.");
        return 1;
    }
}
