using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>Where an import finds the labels.</summary>
internal enum LabelMode
{
    /// <summary>The CSV if there is one, then the folder, then the file name.</summary>
    Detect,
    Folder,
    FileName,
    Csv,
    None,
}

internal static class LabelModeName
{
    /// <exception cref="UserException">400: it is none of them.</exception>
    public static LabelMode Parse(string? name) => name?.Trim().ToLowerInvariant() switch
    {
        null or "" => LabelMode.Detect,
        "folder" => LabelMode.Folder,
        "filename" => LabelMode.FileName,
        "csv" => LabelMode.Csv,
        "none" => LabelMode.None,
        _ => throw new UserException($"'{name}' is no way to find labels. Use folder, filename, csv or none, or leave it out.", field: "labels"),
    };
}
