using System.Globalization;
using System.Text;

namespace CatDog.Web.Features.Runs;

/// <param name="Kind">Its look: <c>train</c>, <c>val</c> or <c>batch</c>.</param>
/// <param name="Points">In the order of X; a break where a value is not finite.</param>
/// <param name="Dots">Marks each point.</param>
public sealed record ChartLine(string Name, string Kind, IReadOnlyList<(double X, double Y)> Points, bool Dots);

/// <summary>Turns values into SVG paths in a square of 1000 × 1000.</summary>
internal sealed class ChartScale(double width, double bottom, double top)
{
    public const double Size = 1000;

    public double X(double x) => Size * x / width;

    public double Y(double y) => Size * (1 - ((Math.Clamp(y, bottom, top) - bottom) / (top - bottom)));

    public string Path(IReadOnlyList<(double X, double Y)> points)
    {
        var path = new StringBuilder();
        var broken = true;
        foreach (var (x, y) in points)
        {
            if (!double.IsFinite(y))
            {
                broken = true;
                continue;
            }

            path.Append(CultureInfo.InvariantCulture, $"{(broken ? 'M' : 'L')}{X(x):0.#} {Y(y):0.#}");
            broken = false;
        }

        return path.ToString();
    }

    /// <summary>Dots as lines of no length: with round caps they stay round however the chart is stretched.</summary>
    public string Dots(IReadOnlyList<(double X, double Y)> points) =>
        string.Concat(points.Where(p => double.IsFinite(p.Y)).Select(p => string.Create(CultureInfo.InvariantCulture, $"M{X(p.X):0.#} {Y(p.Y):0.#}h0.01")));

    /// <summary>Round numbers from 0 to at least the highest value.</summary>
    public static double NiceTop(double highest)
    {
        if (!double.IsFinite(highest) || highest <= 0) return 1;
        var unit = Math.Pow(10, Math.Floor(Math.Log10(highest)));
        return new[] { 1, 1.5, 2, 3, 4, 5, 6, 8, 10 }.Select(n => n * unit).First(n => n >= highest * 0.999999);
    }
}
