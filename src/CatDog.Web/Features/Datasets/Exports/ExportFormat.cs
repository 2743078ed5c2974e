using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Datasets.Exports;

internal enum ExportFormat
{
    Article,
    Csv,
    Kaggle,
    Lst,
    Manifest,
}

internal static class ExportFormats
{
    /// <exception cref="UserException">400: it is none of them.</exception>
    public static ExportFormat Parse(string? name) =>
        Enum.GetValues<ExportFormat>().Cast<ExportFormat?>().FirstOrDefault(f => f!.Value.Name().Equals(name?.Trim(), StringComparison.OrdinalIgnoreCase))
        ?? throw new UserException($"'{name}' is not an export format. Use article, csv, kaggle, lst or manifest.", field: "format");

    public static string Name(this ExportFormat format) => format.ToString().ToLowerInvariant();

    /// <summary>The file that a download becomes.</summary>
    public static string Extension(this ExportFormat format) => format switch
    {
        ExportFormat.Article => ".zip",
        ExportFormat.Lst => ".lst",
        ExportFormat.Manifest => ".manifest",
        _ => ".csv",
    };

    public static string MediaType(this ExportFormat format) => format switch
    {
        ExportFormat.Article => "application/zip",
        ExportFormat.Lst => "text/tab-separated-values; charset=utf-8",
        ExportFormat.Manifest => "application/jsonlines; charset=utf-8",
        _ => "text/csv; charset=utf-8",
    };
}
