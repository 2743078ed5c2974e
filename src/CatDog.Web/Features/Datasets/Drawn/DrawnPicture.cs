namespace CatDog.Web.Features.Datasets.Drawn;

/// <summary>One drawn picture.</summary>
/// <param name="Label">What it is labelled as; for a few on purpose not <paramref name="TrueLabel"/>, so that a review has something true to find.</param>
/// <param name="Bytes">A JPEG.</param>
internal sealed record DrawnPicture(string FileName, string Label, string TrueLabel, byte[] Bytes)
{
    public bool IsMislabelled => Label != TrueLabel;
}
