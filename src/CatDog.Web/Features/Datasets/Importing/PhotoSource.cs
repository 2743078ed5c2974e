using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>Where an import's files come from.</summary>
internal abstract class PhotoSource : IDisposable
{
    /// <summary>A photo larger than this is not a photo; reading it would only cost memory.</summary>
    public const long LargestFile = 200L << 20;

    public const string TooLarge = "The file is larger than 200 MB.";

    /// <summary>Everything in the source in a fixed order, so that an import that was stopped finds the same again.</summary>
    public abstract IEnumerable<SourceEntry> Enumerate();

    /// <summary>CSVs beside the photos that may hold their labels.</summary>
    public virtual IEnumerable<string> CsvFiles => [];

    /// <summary>The name of the folder that directly holds the source's files.</summary>
    public virtual string? RootName => null;

    /// <exception cref="UserException">The source is not there or is of no known kind.</exception>
    public static PhotoSource Open(ImportRequest request, ClassNames classes)
    {
        var path = request.Source!;
        if (Directory.Exists(path)) return new FolderSource(path, request.IsUpload);
        if (!File.Exists(path)) throw new UserException($"There is no folder or file '{path}' on this machine.", field: "source");
        if (System.IO.Path.GetExtension(path).Equals(".csv", StringComparison.OrdinalIgnoreCase))
            return new CsvSource(LabelCsv.Read(path, classes), request.Images ?? System.IO.Path.GetDirectoryName(path)!);
        if (ZipSource.IsZip(path)) return new ZipSource(path);
        throw new UserException($"'{path}' is neither a folder, a .zip nor a .csv. Give the folder that the photos are in.", field: "source");
    }

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
