using CatDog.Data.Datasets;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>How far a running import is.</summary>
/// <param name="Rate">Files a second, lately; null before it is known.</param>
/// <param name="Remaining">Null before it is known.</param>
internal sealed record ImportProgress(
    ImportStatus Status, int Found, int Imported, int Duplicates, int Skipped, double? Rate = null, TimeSpan? Remaining = null)
{
    public int Done => Imported + Duplicates + Skipped;
}
