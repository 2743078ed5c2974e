using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Splits;

/// <summary>How a data set is split. The shares are percents (70, 15, 15) or fractions (0.7, 0.15, 0.15).</summary>
/// <param name="Seed">The same seed and samples give the same split, whatever the order of their import.</param>
/// <param name="Stratify">Each class is split in the same shares.</param>
/// <param name="KeepDuplicatesTogether">Pictures that look the same go to the same split, so that no test picture was trained on.</param>
/// <param name="IncludeUnlabeled">Unlabeled samples go to test; otherwise they are in no split.</param>
public sealed record SplitSettings(
    double Train = 70, double Val = 15, double Test = 15, int Seed = 1, bool Stratify = true, bool KeepDuplicatesTogether = true, bool IncludeUnlabeled = false)
{
    /// <summary>Train, val and test as fractions that add up to 1.</summary>
    /// <exception cref="UserException">400: a share is out of range, or they do not add up.</exception>
    internal double[] Fractions()
    {
        Check(Train, "train");
        Check(Val, "val");
        Check(Test, "test");
        var sum = Train + Val + Test;
        if (Math.Abs(sum - 100) > 0.1 && Math.Abs(sum - 1) > 0.001)
            throw new UserException(FormattableString.Invariant($"train, val and test add up to {sum:0.###}. They must add up to 100 (percents) or 1 (fractions)."), field: "train");
        if (Train == 0) throw new UserException("train must be above 0: a run needs samples to learn from.", field: "train");
        return [Train / sum, Val / sum, Test / sum];
    }

    private static void Check(double share, string field)
    {
        if (!(share is >= 0 and <= 100)) throw new UserException($"{field} must be between 0 and 100.", field: field);
    }
}
