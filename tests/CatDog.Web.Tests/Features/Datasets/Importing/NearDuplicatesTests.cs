using CatDog.Training.Images;
using CatDog.Web.Features.Datasets.Importing;

namespace CatDog.Web.Tests.Features.Datasets.Importing;

public sealed class NearDuplicatesTests
{
    [Fact]
    public void Every_pair_within_the_distance_is_found_as_comparing_all_with_all_would()
    {
        var random = new Random(5);
        var hashes = new List<long>();
        for (var i = 0; i < 300; i++)
        {
            var hash = random.NextInt64();
            hashes.Add(hash);
            for (var flips = random.Next(0, 10); flips > 5; flips--) hash ^= 1L << random.Next(64);
            if (i % 3 == 0) hashes.Add(hash);
            if (i % 3 == 1) hashes.Add(Flip(hash, [.. Enumerable.Range(0, 6).Select(_ => random.Next(64))]));
        }

        var groups = NearDuplicates.Group([.. hashes]);

        Assert.Contains(groups, g => g is not null);
        for (var a = 0; a < hashes.Count; a++)
        {
            var twins = Enumerable.Range(0, hashes.Count).Where(b => b != a && PerceptualHash.Distance(hashes[a], hashes[b]) <= PerceptualHash.NearDuplicateDistance).ToList();
            Assert.Equal(twins.Count > 0, groups[a] is not null);
            Assert.All(twins, b => Assert.Equal(groups[a], groups[b]));
        }
    }

    [Fact]
    public void Flat_pictures_are_never_grouped() => Assert.Equal([null, null], NearDuplicates.Group([0, 0]));

    private static long Flip(long hash, int[] bits) => bits.Aggregate(hash, (h, bit) => h ^ (1L << bit));
}
