using CatDog.Training;

namespace CatDog.Web.Features.Runs;

/// <summary>Why a trainer is gone that did not say so itself, for people.</summary>
/// <param name="IsFailure">It ended by itself, so that resuming alone will not help.</param>
internal sealed record TrainerEnd(string Reason, bool IsFailure)
{
    private const int Signals = 128;

    /// <param name="exitCode">128 and more: the signal that ended it; null where nobody saw its end.</param>
    public static TrainerEnd Explain(int? exitCode, RunFolder folder) => exitCode switch
    {
        null => new("Its process ended while CatDog was not running: it was killed, or the machine was restarted. Resume it to go on from the last checkpoint.", false),
        Signals + 9 => new("Its process was killed, most likely because memory ran out. Lower the batch size or choose a smaller backbone, or resume it with more memory free.", false),
        Signals + 6 => new($"Native code aborted its process.{LastWords(folder)} Resume it to go on from the last checkpoint.", false),
        Signals + 15 => new("Its process was asked to stop before it could save. Resume it to go on from the last checkpoint.", false),
        > Signals => new($"Its process was ended by signal {exitCode - Signals}.{LastWords(folder)} Resume it to go on from the last checkpoint.", false),
        _ => new($"Its process ended with exit code {exitCode} without saying why.{LastWords(folder)}", true),
    };

    /// <summary>The last line on the child's stderr.</summary>
    private static string LastWords(RunFolder folder)
    {
        if (!File.Exists(folder.Log)) return "";
        var line = File.ReadLines(folder.Log).LastOrDefault(l => !string.IsNullOrWhiteSpace(l))?.Trim();
        return line is null ? "" : $" Its last words: {(line.Length > 300 ? line[..300] + "…" : line)}";
    }
}
