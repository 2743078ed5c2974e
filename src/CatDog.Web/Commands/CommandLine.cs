using CatDog.Training;
using CatDog.Web.Hosting;

namespace CatDog.Web.Commands;

/// <summary>How a verb ends: what a person can put right is one line on stderr and exit code 1, never a stack trace.</summary>
internal static class CommandLine
{
    public static int Guard(Func<int> verb)
    {
        try
        {
            return verb();
        }
        catch (Exception e) when (IsForPeople(e))
        {
            return Refuse(e);
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
            return Refuse(e);
        }
    }

    private static bool IsForPeople(Exception e) => e is TrainingException or UserException or IOException or UnauthorizedAccessException;

    private static int Refuse(Exception e)
    {
        Console.Error.WriteLine(e.Message.ReplaceLineEndings(" "));
        return 1;
    }
}
