using System.CommandLine;

namespace CatDog.Web.Commands;

/// <summary>The one executable's verbs. Without a verb it is <c>web</c>.</summary>
internal static class CatDogCommand
{
    public static RootCommand Create()
    {
        var root = new RootCommand("CatDog: browse, correct, train and review cat/dog labels on one machine.");
        WebCommand.Configure(root);
        root.Subcommands.Add(WebCommand.Create());
        root.Subcommands.Add(DemoCommand.Create());
        root.Subcommands.Add(ImportCommand.Create());
        root.Subcommands.Add(ExportCommand.Create());
        root.Subcommands.Add(TrainCommand.Create());
        root.Subcommands.Add(PredictCommand.Create());
        root.Subcommands.Add(ServeCommand.Create());
        root.Subcommands.Add(ScoreCommand.Create());
        root.Subcommands.Add(WorkerCommand.Create());
        return root;
    }
}
