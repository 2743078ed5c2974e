using System.Globalization;

namespace CatDog.Web.Features.Runs;

/// <summary>The planned epochs of a run as the even places that a line chart has: curves then grow to the right and never rescale.</summary>
public sealed class CurveGrid
{
    // Each place with a value is an element with event handlers that a live chart sends anew.
    private const int UsualPlaces = 120;

    private readonly int _perEpoch;
    private readonly int _places;

    public CurveGrid(int epochs)
    {
        var planned = Math.Max(1, epochs);
        _perEpoch = Math.Max(1, UsualPlaces / planned);
        _places = (planned * _perEpoch) + 1;
        LabelStep = (int)Math.Ceiling(planned / 10.0);
        Labels = [.. Enumerable.Range(0, _places).Select(p => p % (_perEpoch * LabelStep) == 0 ? (p / _perEpoch).ToString(CultureInfo.InvariantCulture) : "")];
    }

    /// <summary>Epochs from one label to the next.</summary>
    public int LabelStep { get; }

    public string[] Labels { get; }

    /// <summary>The mean of the values that fall on each place; null where there is none.</summary>
    public double?[] Place(IEnumerable<(double At, double Value)> values)
    {
        var placed = new double?[_places];
        foreach (var place in values.Where(v => double.IsFinite(v.Value)).GroupBy(v => Math.Clamp((int)Math.Round(v.At * _perEpoch), 0, _places - 1)))
        {
            placed[place.Key] = place.Average(v => v.Value);
        }

        return placed;
    }
}
