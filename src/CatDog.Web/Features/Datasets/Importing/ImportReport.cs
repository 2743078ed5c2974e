using CatDog.Data.Datasets;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>An import as pages and programs see it.</summary>
/// <param name="Status"><c>queued</c>, <c>running</c>, <c>completed</c>, <c>failed</c>, <c>canceled</c>.</param>
/// <param name="Found">Everything in the source: imported, duplicates and skipped add up to it once the import is completed.</param>
/// <param name="Duplicates">Files whose bytes the data set has already.</param>
/// <param name="Skipped">Files that could not be used; each is among the problems.</param>
/// <param name="Rate">Files a second, while it runs.</param>
/// <param name="SecondsLeft">An estimate, while it runs.</param>
public sealed record ImportReport(
    long Id,
    long DatasetId,
    string Source,
    string Status,
    int Found,
    int Imported,
    int Duplicates,
    int Skipped,
    double? Rate,
    double? SecondsLeft,
    string? Error,
    DateTime CreatedAt,
    DateTime? StartedAt,
    DateTime? EndedAt,
    IReadOnlyList<ProblemReport> Problems)
{
    internal int Done => Imported + Duplicates + Skipped;

    internal bool IsActive => Status is "queued" or "running";

    internal static ImportReport From(Import import, ImportProgress? live, IReadOnlyList<ProblemReport> problems) => new(
        import.Id,
        import.DatasetId,
        import.Source,
        NameOf(import.Status),
        live?.Found ?? import.Found,
        live?.Imported ?? import.Imported,
        live?.Duplicates ?? import.Duplicates,
        live?.Skipped ?? import.Skipped,
        live?.Rate,
        live?.Remaining?.TotalSeconds,
        import.Error,
        import.CreatedAt,
        import.StartedAt,
        import.EndedAt,
        problems);

    private static string NameOf(ImportStatus status) => status switch
    {
        ImportStatus.Queued => "queued",
        ImportStatus.Running => "running",
        ImportStatus.Completed => "completed",
        ImportStatus.Failed => "failed",
        _ => "canceled",
    };
}

/// <summary>A file that was not used, or was used with a remark.</summary>
public sealed record ProblemReport(string Path, string Reason);
