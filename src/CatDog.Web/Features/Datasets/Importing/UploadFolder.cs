namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>A folder of its own for each upload, until it is imported.</summary>
internal static class UploadFolder
{
    /// <param name="source">The folder, or the zip in it.</param>
    public static void Remove(string source)
    {
        var folder = File.Exists(source) ? Path.GetDirectoryName(source)! : source;
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }
}
