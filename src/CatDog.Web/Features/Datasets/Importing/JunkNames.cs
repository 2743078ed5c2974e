namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>What operating systems leave among photos.</summary>
internal static class JunkNames
{
    private static readonly string[] PhotoExtensions = [".jpg", ".jpeg", ".png", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".ico", ".heic", ".avif"];

    /// <summary>Why a file of this name is not read; null for any other.</summary>
    public static string? RefuseFile(string name) => name switch
    {
        "Thumbs.db" or "ehthumbs.db" => "Windows' cache of thumbnails, not a photo.",
        ".DS_Store" or "desktop.ini" or "Desktop.ini" => "A folder's view settings, not a photo.",
        _ when name.StartsWith("._", StringComparison.Ordinal) => "macOS's companion file (AppleDouble), not the photo itself.",
        _ when name.StartsWith('.') => "A hidden file.",
        _ => null,
    };

    /// <summary>Why a folder of this name is not entered; null for any other.</summary>
    public static string? RefuseFolder(string name) => name switch
    {
        "__MACOSX" => "macOS's companion files, not photos.",
        _ when name.StartsWith('.') => "A hidden folder.",
        _ when PhotoExtensions.Contains(Path.GetExtension(name).ToLowerInvariant()) => "A folder that is named like a photo.",
        _ => null,
    };
}
