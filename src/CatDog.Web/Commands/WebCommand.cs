using System.CommandLine;
using System.CommandLine.Parsing;
using CatDog.Web.Hosting;

namespace CatDog.Web.Commands;

/// <summary><c>web</c>: the dashboard and the REST API.</summary>
internal static class WebCommand
{
    public static Command Create()
    {
        var command = new Command("web", "The dashboard and the REST API (the default).");
        Configure(command);
        return command;
    }

    /// <param name="prepare">What is done before the first request.</param>
    public static void Configure(Command command, Func<IServiceProvider, CancellationToken, Task>? prepare = null)
    {
        var urls = new Option<string>("--urls") { Description = "Where to listen.", DefaultValueFactory = _ => WebHost.DefaultUrls };
        urls.Validators.Add(RequireUrls);
        var data = DataOption();
        command.Options.Add(urls);
        command.Options.Add(data);
        // The host's own settings (--environment, --contentRoot) pass through to it.
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction((result, cancellation) =>
            CommandLine.GuardAsync(() => WebHost.RunAsync([.. result.UnmatchedTokens], result.GetRequiredValue(data), result.GetRequiredValue(urls), cancellation, prepare)));
    }

    private static void RequireUrls(OptionResult result)
    {
        foreach (var url in result.Tokens.SelectMany(token => token.Value.Split(';', StringSplitOptions.RemoveEmptyEntries)))
        {
            try
            {
                BindingAddress.Parse(url);
            }
            catch (FormatException)
            {
                result.AddError($"'{url}' is no address to listen on. Write one such as {WebHost.DefaultUrls}.");
            }
        }
    }

    public static Option<string> DataOption() => new("--data")
    {
        Description = "The folder that holds everything CatDog keeps (also CATDOG_DATA).",
        DefaultValueFactory = _ => DataFolder.DefaultPath,
    };
}
