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
        root.Subcommands.Add(ImportCommand.Create());
        return root;
    }
}
