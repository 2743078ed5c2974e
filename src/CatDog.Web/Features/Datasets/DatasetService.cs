using CatDog.Data;
using CatDog.Data.Datasets;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Datasets;

/// <summary>Finds and makes data sets.</summary>
internal sealed class DatasetService(IDbContextFactory<AppDbContext> databases, TimeProvider clock)
{
    public async Task<IReadOnlyList<DatasetSummary>> ListAsync(CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var datasets = await database.Datasets.AsNoTracking().Include(d => d.Classes.OrderBy(c => c.Index)).OrderBy(d => d.Name).ToListAsync(cancellation);
        var counts = await database.SampleCounts.AsNoTracking().Where(c => c.Count > 0).ToListAsync(cancellation);
        return [.. datasets.Select(d => DatasetSummary.From(d, counts.Where(c => c.DatasetId == d.Id)))];
    }

    /// <exception cref="UserException">404: there is no such data set.</exception>
    public async Task<DatasetSummary> GetAsync(long id, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var dataset = await database.Datasets.AsNoTracking().Include(d => d.Classes.OrderBy(c => c.Index)).SingleOrDefaultAsync(d => d.Id == id, cancellation)
            ?? throw UserException.NotFound($"There is no data set {id}. GET /api/datasets lists those there are.");
        var counts = await database.SampleCounts.AsNoTracking().Where(c => c.DatasetId == id && c.Count > 0).ToListAsync(cancellation);
        return DatasetSummary.From(dataset, counts);
    }

    public async Task<DatasetSummary?> FindAsync(string name, CancellationToken cancellation = default) =>
        (await ListAsync(cancellation)).FirstOrDefault(d => d.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase));

    /// <exception cref="UserException">400: the name or the classes will not do; 409: the name is taken.</exception>
    public async Task<DatasetSummary> CreateAsync(string? name, IReadOnlyList<string>? classes, bool isDrawn = false, CancellationToken cancellation = default)
    {
        name = name?.Trim();
        if (string.IsNullOrEmpty(name) || name.Length > 100)
            throw new UserException("Give the data set a name of 1 to 100 characters.", field: "name");
        var classNames = (classes ?? ["cat", "dog"]).Select(c => c.Trim()).ToList();
        if (classNames.Count is < 2 or > 9 || classNames.Any(c => c.Length is 0 or > 50))
            throw new UserException("Give 2 to 9 class names of 1 to 50 characters.", field: "classes");
        if (classNames.Distinct(StringComparer.OrdinalIgnoreCase).Count() < classNames.Count)
            throw new UserException("Each class name may be there once.", field: "classes");

        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (await database.Datasets.AnyAsync(d => d.Name == name, cancellation))
            throw new UserException($"There is a data set called '{name}' already. Choose another name.", status: StatusCodes.Status409Conflict, field: "name");
        var dataset = new Dataset { Name = name, IsDrawn = isDrawn, CreatedAt = clock.GetUtcNow().UtcDateTime };
        dataset.Classes.AddRange(classNames.Select((c, i) => new LabelClass { Name = c, Index = i }));
        database.Add(dataset);
        await database.SaveChangesAsync(cancellation);
        return DatasetSummary.From(dataset, []);
    }

    /// <summary>A few photos that show what a data set is about: each class in turn, then unlabeled ones.</summary>
    public async Task<IReadOnlyList<CoverPhoto>> CoverAsync(long id, int count, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        var classes = await database.LabelClasses.Where(c => c.DatasetId == id).OrderBy(c => c.Index).Select(c => new { Id = (long?)c.Id, c.Name }).ToListAsync(cancellation);
        var photos = new List<(int Rank, CoverPhoto Photo)>();
        foreach (var labelClass in classes.Append(new { Id = (long?)null, Name = "unlabeled" }))
        {
            if (labelClass.Id is null && photos.Count >= count) continue;
            var some = await database.Samples.Where(s => s.DatasetId == id && s.LabelClassId == labelClass.Id).OrderBy(s => s.Id)
                .Select(s => new { s.Id, s.Sha256 }).Take(count).ToListAsync(cancellation);
            photos.AddRange(some.Select((s, rank) => (rank, new CoverPhoto(s.Id, s.Sha256, labelClass.Name))));
        }

        return [.. photos.OrderBy(p => p.Rank).Take(count).Select(p => p.Photo)];
    }

    /// <summary>Samples that look like another one.</summary>
    public async Task<int> CountNearDuplicatesAsync(long id, CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        return await database.Samples.CountAsync(s => s.DatasetId == id && s.DuplicateGroup != null, cancellation);
    }
}

/// <param name="Label">The class's name, or unlabeled.</param>
public sealed record CoverPhoto(long SampleId, string Sha256, string Label)
{
    /// <summary>With a version, so that a browser may keep it for good.</summary>
    public string ThumbnailUrl => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"media/{SampleId}/thumb?v={Sha256[..12]}");
}
