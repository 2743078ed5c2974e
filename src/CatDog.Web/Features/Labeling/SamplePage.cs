namespace CatDog.Web.Features.Labeling;

/// <param name="Next">Give it as <c>after</c> to get the page that follows; null on the last.</param>
/// <param name="Total">All that match, on every page.</param>
internal sealed record SamplePage(IReadOnlyList<SampleRow> Items, string? Next, long Total);

/// <param name="Label">Null for unlabeled.</param>
/// <param name="Split">Null for none.</param>
/// <param name="Version">The number of label changes so far.</param>
internal sealed record SampleRow(long Id, string FileName, string Path, string? Label, string? Split, int Width, int Height, int Version);

/// <summary>
/// A stretch of samples in order, as columns: what the browser needs of every sample to scroll, select and decide, in a few bytes each.
/// </summary>
/// <param name="Labels">Each sample's class number; −1 for unlabeled.</param>
internal sealed record SampleSequence(IReadOnlyList<long> Ids, IReadOnlyList<int> Labels, IReadOnlyList<int> Versions, string? Next);
