using System.CommandLine;
using CatDog.Data;
using CatDog.Data.Datasets;
using CatDog.Web.Features.Datasets.Exports;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Commands;

/// <summary><c>export</c>: labels and splits as files. It only reads, so it does not mind a running server.</summary>
internal static class ExportCommand
{
    public static Command Create()
    {
        var dataset = new Option<string>("--dataset") { Description = "The data set's name.", Required = true };
        var format = new Option<string>("--format") { Description = "article, csv, kaggle, lst or manifest.", Required = true };
        var output = new Option<string>("--out") { Description = "The file to write; for article a folder, or a file that ends in .zip.", Required = true };
        var data = WebCommand.DataOption();
        var command = new Command("export", "Writes a data set's labels and splits as files.") { dataset, format, output, data };
        command.SetAction(async (result, cancellation) =>
        {
            try
            {
                return await RunAsync(
                    result.GetRequiredValue(data), result.GetRequiredValue(dataset), ExportFormats.Parse(result.GetRequiredValue(format)), result.GetRequiredValue(output), cancellation);
            }
            catch (Exception e) when (e is UserException or IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync(e.Message);
                return 1;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(string dataPath, string name, ExportFormat format, string output, CancellationToken cancellation)
    {
        await using var services = new ServiceCollection()
            .AddDbContextFactory<AppDbContext>(options => options.UseDataFolder(dataPath)).AddSingleton<ExportService>().BuildServiceProvider();
        await RequireDatabaseAsync(dataPath, services.GetRequiredService<IDbContextFactory<AppDbContext>>(), cancellation);
        var exports = services.GetRequiredService<ExportService>();
        var dataset = await exports.FindAsync(name, cancellation);
        ExportService.RequireFits(dataset, format);
        if (format == ExportFormat.Article && !output.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
            await exports.WriteArticleFolderAsync(output, dataset, cancellation);
        else
            await WriteFileAsync(exports, dataset, format, Path.GetFullPath(output), cancellation);
        Console.WriteLine($"'{dataset.Name}' is in {output}.");
        return 0;
    }

    private static async Task WriteFileAsync(ExportService exports, Dataset dataset, ExportFormat format, string path, CancellationToken cancellation)
    {
        if (Directory.Exists(path)) throw new UserException($"'{path}' is a folder. Name a file with --out.");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using var file = File.Create(path);
        await exports.WriteAsync(file, dataset, format, cancellation);
    }

    private static async Task RequireDatabaseAsync(string dataPath, IDbContextFactory<AppDbContext> databases, CancellationToken cancellation)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (!File.Exists(Path.Combine(dataPath, "catdog.db")))
            throw new UserException($"There is nothing to export in '{dataPath}': it is no data folder of CatDog. Name another with --data.");
        if ((await database.Database.GetPendingMigrationsAsync(cancellation)).Any())
            throw new UserException($"The data in '{dataPath}' is of an older version. Start 'web' on it once, then export.");
    }
}
