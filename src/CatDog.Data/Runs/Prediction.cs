using CatDog.Data.Datasets;

namespace CatDog.Data.Runs;

/// <summary>What a run's model says of a sample. Unique by run and sample; predicting again replaces it.</summary>
public sealed class Prediction
{
    public long Id { get; set; }

    public long RunId { get; set; }

    public long SampleId { get; set; }

    public Sample? Sample { get; set; }

    /// <summary>The split the sample was in when it was predicted.</summary>
    public Split? Split { get; set; }

    public long PredictedClassId { get; set; }

    public LabelClass? PredictedClass { get; set; }

    /// <summary>The probability of the predicted class, 0..1.</summary>
    public double Confidence { get; set; }

    /// <summary>One probability a class, in the order of the class index, as a JSON array.</summary>
    public required string Probabilities { get; set; }
}
