namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>What came of one entry of a source.</summary>
internal abstract record Outcome(SourceEntry Entry)
{
    /// <summary>The label that the source gives it.</summary>
    public long? ClassId { get; init; }

    /// <summary>Something to report although the file was used.</summary>
    public string? Remark { get; init; }
}

/// <summary>It is not a photo that can be used.</summary>
internal sealed record Refused(SourceEntry Entry, string Reason) : Outcome(Entry);

/// <summary>The data set has had this very file before.</summary>
/// <param name="IsNew">This import brought it, before it was interrupted.</param>
internal sealed record Seen(SourceEntry Entry, long SampleId, bool IsNew) : Outcome(Entry);

/// <summary>A photo that was read.</summary>
/// <param name="Look">Null where the data set had these bytes already.</param>
internal sealed record Photo(SourceEntry Entry, string Sha256, string Location, PhotoLook? Look) : Outcome(Entry);

/// <summary>What is known of a picture once it was decoded.</summary>
internal sealed record PhotoLook(string MediaType, int Width, int Height, long PerceptualHash);
