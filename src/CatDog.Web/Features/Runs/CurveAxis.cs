using System.Globalization;

namespace CatDog.Web.Features.Runs;

/// <summary>The vertical axis of a chart, whose ticks must be whole numbers: losses are drawn in thousandths, accuracies in percent.</summary>
/// <param name="Factor">A value times this is what is drawn.</param>
/// <param name="Step">From one line to the next, as drawn.</param>
/// <param name="Top">The highest line, as drawn.</param>
/// <param name="PointFormat">Writes what is drawn as the value it stands for.</param>
public sealed record CurveAxis(double Factor, int Step, double Top, bool FromZero, string PointFormat, Func<double, string> Label)
{
    private const double MaximumLoss = 1e6;

    public static CurveAxis Loss(IEnumerable<double> epochs, IEnumerable<double> batches)
    {
        // A few wild batches must not press all the rest to the floor.
        var ordered = batches.Where(double.IsFinite).Order().ToList();
        var usual = ordered.Count == 0 ? 0 : ordered[(int)((ordered.Count - 1) * 0.97)];
        var highest = 1000 * Math.Min(MaximumLoss, epochs.Where(double.IsFinite).Append(usual).Max());
        var step = Steps().First(s => s * 5.0 >= highest);
        // A comma before the point divides by a thousand.
        return new(1000, step, Math.Max(1, Math.Ceiling(highest / step)) * step, true, "0,.000", v => (v / 1000).ToString("0.0##", CultureInfo.InvariantCulture));
    }

    public static CurveAxis Accuracy(IEnumerable<double> values)
    {
        var lowest = values.Where(double.IsFinite).DefaultIfEmpty(0).Min();
        return new(100, lowest >= 0.9 ? 2 : lowest >= 0.5 ? 10 : 20, 100, false, "0.0 '%'", v => v.ToString("0 '%'", CultureInfo.InvariantCulture));
    }

    public double?[] Scale(double?[] values) => [.. values.Select(v => v is { } value ? Math.Min(value * Factor, Top) : (double?)null)];

    private static IEnumerable<int> Steps()
    {
        for (var unit = 1; ; unit *= 10)
        {
            yield return unit;
            yield return 2 * unit;
            yield return 5 * unit;
        }
    }
}
