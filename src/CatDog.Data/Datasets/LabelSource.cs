namespace CatDog.Data.Datasets;

public enum LabelSource
{
    Human = 0,
    Import = 1,
    Prediction = 2,
}
