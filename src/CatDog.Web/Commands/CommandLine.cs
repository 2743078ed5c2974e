using System.CommandLine;
using System.CommandLine.Invocation;
using System.Net.Sockets;
using CatDog.Training;
using CatDog.Web.Hosting;

namespace CatDog.Web.Commands;

/// <summary>How a verb begins and ends: what a person can put right is one line on stderr and exit code 1, never a stack trace.</summary>
internal static class CommandLine
{
    /// <summary>Longer than the host gives its services to stop; the parser's own two seconds would cut them off.</summary>
    private static readonly TimeSpan PatienceAfterSignal = TimeSpan.FromSeconds(40);

    public static async Task<int> InvokeAsync(string[] args)
    {
        var parsed = CatDogCommand.Create().Parse(args);
        string[] problems = parsed.Action is ParseErrorAction ? [.. parsed.Errors.Select(e => e.Message)] : Unknown(parsed);
        if (problems.Length == 0) return await parsed.InvokeAsync(new() { ProcessTerminationTimeout = PatienceAfterSignal });
        return Refuse($"{string.Join(" ", problems)} See --help.");
    }

    public static int Guard(Func<int> verb)
    {
        try
        {
            return verb();
        }
        catch (Exception e) when (IsForPeople(e))
        {
            return Refuse(e.Message);
        }
    }

    public static async Task<int> GuardAsync(Func<Task<int>> verb)
    {
        try
        {
            return await verb();
        }
        catch (Exception e) when (IsForPeople(e))
        {
            return Refuse(e.Message);
        }
    }

    private static bool IsForPeople(Exception e) => e is TrainingException or UserException or IOException or UnauthorizedAccessException or SocketException;

    /// <summary>A mistyped verb must not start the web server, which lets settings of the host through, such as --environment=Staging.</summary>
    private static string[] Unknown(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        // Otherwise --help or --version is what happens.
        if (parsed.Action != command.Action) return [];
        return [.. parsed.UnmatchedTokens.Where(token => command.TreatUnmatchedTokensAsErrors || !IsHostSetting(token)).Select(token => $"There is no verb or option '{token}'.")];
    }

    private static bool IsHostSetting(string token) => token.StartsWith("--", StringComparison.Ordinal) && token.IndexOf('=', StringComparison.Ordinal) > 2;

    private static int Refuse(string reason)
    {
        Console.Error.WriteLine(reason.ReplaceLineEndings(" "));
        return 1;
    }
}
