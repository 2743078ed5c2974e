using CatDog.Training;
using CatDog.Training.Scripting;

namespace CatDog.Web.Commands;

/// <summary><c>train</c> as SageMaker starts it: everything is where its container layout says.</summary>
internal static class SageMakerTraining
{
    public static int Execute(SageMakerLayout layout)
    {
        try
        {
            var resume = File.Exists(layout.Run.LastCheckpoint);
            if (!resume)
            {
                var script = layout.MakePlan();
                if (script.Missing.Count > 0) Console.Error.WriteLine($"{script.Missing.Count} of the CSV rows have no photo and are left out, such as {script.Missing[0]}.");
                script.Plan.Save(layout.Run.Path);
            }

            switch (TrainingConsole.Run(layout.Run, resume))
            {
                case RunFailed failed:
                    return Fail(layout, failed.Error);
                case RunCompleted:
                    CopyModel(layout);
                    break;
            }

            return 0;
        }
        catch (Exception e) when (e is TrainingException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine(e.Message.ReplaceLineEndings(" "));
            return Fail(layout, e.Message);
        }
    }

    private static void CopyModel(SageMakerLayout layout)
    {
        Directory.CreateDirectory(layout.Model);
        foreach (var file in Directory.EnumerateFiles(layout.Run.Model)) File.Copy(file, Path.Combine(layout.Model, Path.GetFileName(file)), overwrite: true);
    }

    private static int Fail(SageMakerLayout layout, string reason)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(layout.Failure)!);
        File.WriteAllText(layout.Failure, reason);
        return 1;
    }
}
