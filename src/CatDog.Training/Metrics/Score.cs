namespace CatDog.Training.Metrics;

/// <summary>How well samples were classified.</summary>
/// <param name="Samples">How many.</param>
/// <param name="Right">How many of them got their label.</param>
/// <param name="LossSum">Cross entropy, summed over the samples.</param>
internal readonly record struct Score(long Samples, long Right, double LossSum)
{
    /// <summary>Mean over samples; 0 where there are none.</summary>
    public double Loss => Samples == 0 ? 0 : LossSum / Samples;

    /// <summary>0..1.</summary>
    public double Accuracy => Samples == 0 ? 0 : (double)Right / Samples;

    public static Score operator +(Score a, Score b) => new(a.Samples + b.Samples, a.Right + b.Right, a.LossSum + b.LossSum);
}
