namespace CatDog.Web.Features.Labeling;

/// <summary>The letters that stand for classes, as js/labeling/keys.js gives them.</summary>
internal static class LabelKeys
{
    /// <summary>Undo, skip, grid and history.</summary>
    private const string Commands = "USFH";

    /// <summary>The first letter of a class where no other class and no command has it; null where only its number will do.</summary>
    public static string? LetterOf(IReadOnlyList<string> classes, int index)
    {
        var letter = char.ToUpperInvariant(classes[index][0]);
        return Commands.Contains(letter, StringComparison.Ordinal) || classes.Count(c => char.ToUpperInvariant(c[0]) == letter) > 1 ? null : letter.ToString();
    }
}
