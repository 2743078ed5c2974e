using CatDog.Data.Datasets;
using Microsoft.EntityFrameworkCore;

namespace CatDog.Web.Tests.Hosting;

/// <summary>Data sets with labelled samples, straight into the application's database.</summary>
internal static class TestSamples
{
    /// <param name="photos">A folder to write real photos to; null where nobody looks at them.</param>
    /// <returns>The data set's id.</returns>
    public static Task<long> AddAsync(this CatDogHost host, int count, string? photos = null, Func<int, Split?>? split = null) => host.DatabaseAsync(async database =>
    {
        var dataset = new Dataset { Name = $"set {Guid.NewGuid():N}", CreatedAt = DateTime.UtcNow };
        dataset.Classes.AddRange([new() { Name = "cat", Index = 0 }, new() { Name = "dog", Index = 1 }]);
        database.Add(dataset);
        await database.SaveChangesAsync();
        for (var i = 0; i < count; i++)
        {
            var location = photos is null ? $"/nowhere/{i}.jpg" : TestPhotos.Write(Path.Combine(photos, $"{i}.jpg"), i);
            database.Add(new Sample
            {
                DatasetId = dataset.Id,
                FileName = $"{i}.jpg",
                Path = $"{i}.jpg",
                Location = location,
                Sha256 = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(BitConverter.GetBytes(i))),
                MediaType = "image/jpeg",
                Width = 96,
                Height = 72,
                LabelClassId = dataset.Classes[i % 2].Id,
                Split = split?.Invoke(i),
                CreatedAt = DateTime.UtcNow,
            });
        }

        await database.SaveChangesAsync();
        return dataset.Id;
    });
}
