using System.CommandLine;
using CatDog.Web.Features.Datasets.Drawn;

namespace CatDog.Web.Commands;

/// <summary><c>demo</c>: the dashboard with something in it.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        var command = new Command("demo", "The dashboard, with a ready-to-train drawn data set if there is none yet.");
        WebCommand.Configure(command, (services, cancellation) => services.GetRequiredService<DrawnSetSeeder>().EnsureAsync(cancellation));
        return command;
    }
}
