namespace CatDog.Data.Datasets;

/// <summary>The part of a data set that a sample is used in. A sample that is in none has a null split.</summary>
public enum Split
{
    Train = 0,
    Val = 1,
    Test = 2,
}
