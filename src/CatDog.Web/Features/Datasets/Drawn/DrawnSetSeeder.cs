using System.Security.Cryptography;
using System.Text.Json;
using CatDog.Data;
using CatDog.Data.Datasets;
using CatDog.Training.Images;
using CatDog.Web.Hosting;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Features.Datasets.Drawn;

/// <summary>Makes the drawn set the first data set of an empty dashboard, labelled and split, so that the first click trains.</summary>
internal sealed class DrawnSetSeeder(IDbContextFactory<AppDbContext> databases, DataFolder folder, ThumbnailStore thumbnails, TimeProvider clock)
{
    public const string DatasetName = "Drawn cats and dogs";

    private const string Actor = "drawn set";

    /// <summary>Does nothing where there is a data set. Killed half-way, it leaves files that the next start overwrites, and no data set.</summary>
    public async Task EnsureAsync(CancellationToken cancellation = default)
    {
        await using var database = await databases.CreateDbContextAsync(cancellation);
        if (await database.Datasets.AnyAsync(cancellation)) return;

        var drawn = new (DrawnPicture Picture, Sample Sample)[DrawnSet.Count];
        Directory.CreateDirectory(folder.Drawn);
        await Parallel.ForEachAsync(Enumerable.Range(0, DrawnSet.Count), cancellation, async (number, stop) =>
        {
            var picture = DrawnSet.Draw(number);
            drawn[number] = (picture, await KeepAsync(picture, stop));
        });
        await AddAsync(database, drawn, cancellation);
    }

    private async Task<Sample> KeepAsync(DrawnPicture picture, CancellationToken cancellation)
    {
        var path = Path.Combine(folder.Drawn, picture.FileName);
        await File.WriteAllBytesAsync(path, picture.Bytes, cancellation);
        var image = ImageDecoder.Decode(picture.Bytes);
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(picture.Bytes));
        await thumbnails.WriteAsync(sha256, Thumbnail.Encode(image), cancellation);
        return new()
        {
            FileName = picture.FileName,
            Path = picture.FileName,
            Location = path,
            Sha256 = sha256,
            MediaType = "image/jpeg",
            Width = image.Width,
            Height = image.Height,
            PerceptualHash = PerceptualHash.Compute(image),
        };
    }

    private async Task AddAsync(AppDbContext database, (DrawnPicture Picture, Sample Sample)[] drawn, CancellationToken cancellation)
    {
        var now = clock.GetUtcNow().UtcDateTime;
        await using var transaction = await database.Database.BeginTransactionAsync(cancellation);
        var dataset = new Dataset { Name = DatasetName, IsDrawn = true, CreatedAt = now, SplitSettings = DrawnSplit.Settings };
        dataset.Classes.AddRange([new() { Name = "cat", Index = 0 }, new() { Name = "dog", Index = 1 }]);
        database.Add(dataset);
        await database.SaveChangesAsync(cancellation);

        var classes = dataset.Classes.ToDictionary(c => c.Name, c => c.Id);
        var splits = DrawnSplit.Assign([.. drawn.Select(d => d.Picture.Label)]);
        foreach (var ((picture, sample), split) in drawn.Zip(splits))
        {
            (sample.DatasetId, sample.CreatedAt) = (dataset.Id, now);
            (sample.LabelClassId, sample.LabelVersion, sample.Split) = (classes[picture.Label], 1, split);
        }

        database.AddRange(drawn.Select(d => d.Sample));
        await database.SaveChangesAsync(cancellation);

        var action = Guid.NewGuid();
        foreach (var (picture, sample) in drawn)
        {
            database.Add(new Label
            {
                SampleId = sample.Id,
                Version = 1,
                ToClassId = sample.LabelClassId,
                Source = LabelSource.Import,
                Actor = Actor,
                ActionId = action,
                CreatedAt = now,
            });
            database.Add(new SampleFile
            {
                DatasetId = dataset.Id,
                SampleId = sample.Id,
                Origin = sample.Location,
                Size = picture.Bytes.Length,
                ModifiedAt = File.GetLastWriteTimeUtc(sample.Location),
            });
        }

        await database.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }
}
