using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Predictions;

/// <summary>
/// One of the orders in which predictions are paged. A cursor names the last one that was seen, never a position, so that
/// changes made meanwhile neither skip nor repeat one.
/// </summary>
internal sealed record PredictionOrder(string Name)
{
    private bool ById => Name == "id";

    private bool Descending => Name[0] == '-';

    /// <exception cref="UserException">400: there is no such order.</exception>
    public static PredictionOrder Parse(string? name) => name switch
    {
        null => new("id"),
        "id" or "confidence" or "-confidence" => new(name),
        _ => throw new UserException($"Predictions cannot be sorted by '{name}'. Use id, confidence or -confidence.", field: "sort"),
    };

    public string OrderBy => (ById, Descending) switch
    {
        (true, _) => "p.SampleId",
        (_, false) => "p.Confidence, p.Id",
        (_, true) => "p.Confidence DESC, p.Id DESC",
    };

    /// <summary>The condition that keeps what comes after a cursor. Its first half lets the index start there.</summary>
    public string After(PredictionCursor cursor, PredictionSelection selection)
    {
        var id = selection.Add(cursor.Id);
        if (ById) return $"p.SampleId > {id}";
        var confidence = selection.Add(cursor.Confidence);
        return Descending
            ? $"p.Confidence <= {confidence} AND (p.Confidence < {confidence} OR p.Id < {id})"
            : $"p.Confidence >= {confidence} AND (p.Confidence > {confidence} OR p.Id > {id})";
    }

    public PredictionCursor CursorAt(PredictionRecord last, long total) => new(ById ? last.SampleId : last.Id, last.Confidence, total);

    public string Write(PredictionCursor cursor) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Name}/{cursor.Id}/{cursor.Confidence:R}/{cursor.Total}")));

    /// <exception cref="UserException">400: it is no cursor of this order.</exception>
    public PredictionCursor? Read(string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return null;
        try
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('/');
            if (parts.Length == 4 && parts[0] == Name
                && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var id)
                && double.TryParse(parts[2], CultureInfo.InvariantCulture, out var confidence)
                && long.TryParse(parts[3], CultureInfo.InvariantCulture, out var total))
                return new(id, confidence, total);
        }
        catch (FormatException)
        {
            // Said below.
        }

        throw new UserException("'after' is not the 'next' of a page with this sort. Begin again without it.", field: "after");
    }
}

/// <param name="Total">What the first page counted, so that the pages after it need not count again.</param>
internal sealed record PredictionCursor(long Id, double Confidence, long Total);
