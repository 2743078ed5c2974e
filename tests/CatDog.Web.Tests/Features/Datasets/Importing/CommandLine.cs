using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace CatDog.Web.Tests.Features.Datasets.Importing;

/// <summary>The real executable in a process of its own.</summary>
internal static class CommandLine
{
    public static Process Start(params string[] arguments) => Start([], arguments);

    public static Process Start(IReadOnlyCollection<(string Name, string Value)> environment, string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("CATDOG_EXECUTABLE")!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }

    public static Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments) => RunAsync([], arguments);

    public static async Task<(int Code, string Output, string Error)> RunAsync(IReadOnlyCollection<(string Name, string Value)> environment, string[] arguments)
    {
        using var process = Start(environment, arguments);
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(2));
        return (process.ExitCode, await output, await error);
    }

    /// <summary>Looks into the database while another process writes it; 0 before it is there.</summary>
    public static long CountSamples(string dataFolder)
    {
        try
        {
            using var connection = new SqliteConnection($"Data Source={Path.Combine(dataFolder, "catdog.db")};Mode=ReadOnly;Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT COUNT(*) FROM Samples";
            return (long)command.ExecuteScalar()!;
        }
        catch (SqliteException)
        {
            return 0;
        }
    }
}
