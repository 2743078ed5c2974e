namespace CatDog.Training;

/// <summary>Which parameters a run changes.</summary>
public enum Tuning
{
    /// <summary>Only the new last layer; the backbone stays as it was loaded.</summary>
    Head,

    /// <summary>Every parameter.</summary>
    Full,
}
