using CatDog.Data.Datasets;

namespace CatDog.Web.Features.Datasets.Exports;

/// <summary>What the formats say of a sample.</summary>
/// <param name="Label">Null for unlabeled.</param>
/// <param name="ClassIndex">Null for unlabeled.</param>
internal sealed record ExportRow(
    long Id, string FileName, string Path, string? Label, int? ClassIndex, Split? Split, int Width, int Height, string Sha256);

/// <summary>How a sample got its label, for the manifest.</summary>
/// <param name="Origin">Where its bytes were imported from.</param>
internal sealed record LabelledRow(ExportRow Row, string? Origin, LabelSource Source, DateTime LabelledAt);
