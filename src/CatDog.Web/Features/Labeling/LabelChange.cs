namespace CatDog.Web.Features.Labeling;

/// <param name="Label">Null for unlabeled.</param>
/// <param name="Version">The number of label changes so far; it is unchanged where the label was this one already.</param>
internal sealed record LabelChange(long Id, string? Label, int Version);

/// <param name="Count">The samples whose label changed.</param>
/// <param name="ActionId">Give it to the undo.</param>
internal sealed record BulkLabelChange(int Count, Guid ActionId);

/// <param name="Undone">The samples whose label was put back.</param>
/// <param name="Skipped">The samples that were changed again since, and keep what they have.</param>
/// <param name="ActionId">The undo's own action, which can be undone in turn.</param>
internal sealed record LabelUndo(int Undone, int Skipped, Guid ActionId);

/// <param name="From">Null for unlabeled.</param>
/// <param name="To">Null where the label was cleared.</param>
/// <param name="Source"><c>human</c>, <c>import</c> or <c>prediction</c>.</param>
internal sealed record LabelHistoryEntry(int Version, string Who, DateTime When, string? From, string? To, string Source);
