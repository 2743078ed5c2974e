using System.Buffers.Text;
using System.Globalization;
using System.Text;
using CatDog.Data.Datasets;
using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Labeling;

/// <summary>
/// One of the orders in which samples are paged. A cursor names the last sample that was seen, never a position, so that
/// changes made meanwhile neither skip nor repeat a sample, and page 1,000 costs what page 1 does.
/// </summary>
internal sealed record SampleOrder(string Name)
{
    private bool ByName => Name is "name" or "-name";

    private bool Descending => Name[0] == '-';

    /// <exception cref="UserException">400: there is no such order.</exception>
    public static SampleOrder Parse(string? name) => name switch
    {
        null => new("id"),
        "id" or "-id" or "name" or "-name" => new(name),
        _ => throw new UserException($"Samples cannot be sorted by '{name}'. Use id, -id, name or -name.", field: "sort"),
    };

    public IQueryable<Sample> Apply(IQueryable<Sample> samples) => (ByName, Descending) switch
    {
        (false, false) => samples.OrderBy(s => s.Id),
        (false, true) => samples.OrderByDescending(s => s.Id),
        (true, false) => samples.OrderBy(s => s.FileName).ThenBy(s => s.Id),
        (true, true) => samples.OrderByDescending(s => s.FileName).ThenByDescending(s => s.Id),
    };

    /// <summary>Keeps the samples that come after a cursor; all of them where it is null.</summary>
    /// <exception cref="UserException">400: it is no cursor of this order.</exception>
    public IQueryable<Sample> After(IQueryable<Sample> samples, string? cursor)
    {
        if (string.IsNullOrEmpty(cursor)) return samples;
        var (id, fileName) = Read(cursor);
        // "name >= x and (name > x or id > y)" instead of "name > x or (name = x and id > y)": the index then starts at x.
        return (ByName, Descending) switch
        {
            (false, false) => samples.Where(s => s.Id > id),
            (false, true) => samples.Where(s => s.Id < id),
            (true, false) => samples.Where(s => string.Compare(s.FileName, fileName) >= 0 && (string.Compare(s.FileName, fileName) > 0 || s.Id > id)),
            (true, true) => samples.Where(s => string.Compare(s.FileName, fileName) <= 0 && (string.Compare(s.FileName, fileName) < 0 || s.Id < id)),
        };
    }

    public string CursorAt(long id, string fileName) =>
        Base64Url.EncodeToString(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Name}/{id}/{(ByName ? fileName : "")}")));

    private (long Id, string FileName) Read(string cursor)
    {
        try
        {
            var parts = Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)).Split('/', 3);
            if (parts.Length == 3 && parts[0] == Name && long.TryParse(parts[1], CultureInfo.InvariantCulture, out var id)) return (id, parts[2]);
        }
        catch (FormatException)
        {
            // Said below.
        }

        throw new UserException("'after' is not the 'next' of a page with this sort. Begin again without it.", field: "after");
    }
}
