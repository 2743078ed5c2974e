using CatDog.Data;
using CatDog.Data.Datasets;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Labeling;

/// <summary>The classes of one data set, by name and by id.</summary>
internal sealed class LabelClasses
{
    private readonly IReadOnlyList<LabelClass> _classes;

    private LabelClasses(IReadOnlyList<LabelClass> classes) => _classes = classes;

    /// <exception cref="UserException">404: there is no such data set.</exception>
    public static async Task<LabelClasses> FindAsync(AppDbContext database, long datasetId, CancellationToken cancellation)
    {
        var classes = await database.LabelClasses.AsNoTracking().Where(c => c.DatasetId == datasetId).OrderBy(c => c.Index).ToListAsync(cancellation);
        return classes.Count > 0 ? new(classes) : throw UserException.NotFound($"There is no data set {datasetId}. GET /api/datasets lists those there are.");
    }

    /// <exception cref="UserException">400: there is no such class.</exception>
    public long IdOf(string name) =>
        _classes.FirstOrDefault(c => string.Equals(c.Name, name, StringComparison.OrdinalIgnoreCase))?.Id
        ?? throw new UserException($"'{name}' is not a class of this data set. Its classes: {string.Join(", ", _classes.Select(c => c.Name))}.", field: "label");

    /// <summary>Null for unlabeled, and the other way round.</summary>
    public long? IdOfLabel(string? name) => name is null ? null : IdOf(name);

    public string? NameOf(long? id) => id is null ? null : _classes.First(c => c.Id == id).Name;

    /// <summary>The class's number from 0; −1 for unlabeled.</summary>
    public int IndexOf(long? id) => id is null ? -1 : _classes.First(c => c.Id == id).Index;
}
