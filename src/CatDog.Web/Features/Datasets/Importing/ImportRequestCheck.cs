using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>What can be said of a request before anything is read.</summary>
internal static class ImportRequestCheck
{
    /// <summary>The same request with absolute paths, so that it means the same wherever it is run again.</summary>
    /// <exception cref="UserException">400: names the field that is wrong.</exception>
    public static ImportRequest Check(ImportRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Source)) throw new UserException("Say what to import: a folder, a .zip or a .csv on the server.", field: "source");
        if (request.Source.StartsWith("s3://", StringComparison.OrdinalIgnoreCase))
            throw new UserException("Importing from s3:// is not available yet. Copy the files to a folder of this machine and import that.", field: "source");
        var source = Absolute(request.Source, "source");
        if (!Path.Exists(source)) throw new UserException($"There is no folder or file '{source}' on this machine.", field: "source");
        var csv = request.Csv is { Length: > 0 } namedCsv ? Absolute(namedCsv, "csv") : null;
        if (csv is not null && !File.Exists(csv)) throw new UserException($"There is no CSV '{csv}' on this machine.", field: "csv");
        var images = request.Images is { Length: > 0 } namedImages ? Absolute(namedImages, "images") : null;
        if (images is not null && !Directory.Exists(images)) throw new UserException($"There is no folder '{images}' on this machine.", field: "images");
        CheckLabels(LabelModeName.Parse(request.Labels), source, csv);
        return request with { Source = source, Labels = string.IsNullOrWhiteSpace(request.Labels) ? null : request.Labels.Trim().ToLowerInvariant(), Csv = csv, Images = images };
    }

    private static void CheckLabels(LabelMode mode, string source, string? csv)
    {
        var mayHaveCsv = csv is not null || Path.GetExtension(source).Equals(".csv", StringComparison.OrdinalIgnoreCase)
            || (Directory.Exists(source) && Directory.EnumerateFiles(source, "*.csv").Any());
        if (mode == LabelMode.Csv && !mayHaveCsv) throw new UserException("Labels from a CSV need one: name it, or put it beside the photos.", field: "csv");
    }

    private static string Absolute(string path, string field)
    {
        try
        {
            return Path.TrimEndingDirectorySeparator(Path.GetFullPath(path.Trim()));
        }
        catch (ArgumentException e)
        {
            throw new UserException($"'{path}' is not a path: {e.Message}", e, field: field);
        }
    }
}
