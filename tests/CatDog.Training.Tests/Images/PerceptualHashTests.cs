using CatDog.Training.Images;
using SkiaSharp;

namespace CatDog.Training.Tests.Images;

public sealed class PerceptualHashTests
{
    [Theory]
    [InlineData(240, 180, 40)]
    [InlineData(120, 90, 90)]
    [InlineData(480, 360, 75)]
    public void The_same_picture_resized_and_recompressed_is_a_near_duplicate(int width, int height, int quality)
    {
        using var scene = Pictures.Scene(7);
        using var resized = scene.Resize(new SKImageInfo(width, height, SKColorType.Rgba8888), new SKSamplingOptions(SKFilterMode.Linear));

        var distance = PerceptualHash.Distance(HashOf(Pictures.Encode(scene)), HashOf(Pictures.Encode(resized!, quality: quality)));

        Assert.InRange(distance, 0, PerceptualHash.NearDuplicateDistance);
    }

    [Fact]
    public void Different_pictures_are_far_apart()
    {
        var hashes = Enumerable.Range(0, 40).Select(seed =>
        {
            using var scene = Pictures.Scene(seed);
            return PerceptualHash.Compute(Pictures.Decoded(scene));
        }).ToList();

        Assert.All(Pairs(hashes), distance => Assert.True(distance > PerceptualHash.NearDuplicateDistance));
    }

    [Theory]
    [InlineData(0xFF000000)]
    [InlineData(0xFFFFFFFF)]
    [InlineData(0xFF808080)]
    [InlineData(0xFF3060C0)]
    public void A_flat_picture_is_not_distinctive(uint colour)
    {
        using var flat = new SKBitmap(new SKImageInfo(90, 70, SKColorType.Rgba8888, SKAlphaType.Opaque));
        flat.Erase(new SKColor(colour));

        Assert.False(PerceptualHash.IsDistinctive(HashOf(Pictures.Encode(flat))));
    }

    [Fact]
    public void The_near_duplicate_among_the_odd_files_is_found_and_blank_ones_are_not_distinctive()
    {
        var cat = HashOf(Weird("ok_cat.jpg"));

        Assert.InRange(PerceptualHash.Distance(cat, HashOf(Weird("near_duplicate_of_ok_cat.jpg"))), 0, PerceptualHash.NearDuplicateDistance);
        Assert.True(PerceptualHash.Distance(cat, HashOf(Weird("ok_dog.jpg"))) > PerceptualHash.NearDuplicateDistance);
        Assert.All(["blank_black.jpg", "blank_white.jpg", "rgba_all_transparent.png", "size_1x1.png"],
            file => Assert.False(PerceptualHash.IsDistinctive(HashOf(Weird(file)))));
    }

    [Fact]
    public void No_two_of_300_different_photos_are_taken_for_duplicates()
    {
        var files = new[] { "cats", "dogs" }.SelectMany(folder =>
            Directory.GetFiles(TestData.Require($"photos/{folder}")).Order(StringComparer.Ordinal).Take(150));

        var hashes = files.Select(file => HashOf(File.ReadAllBytes(file))).ToList();

        Assert.All(hashes, hash => Assert.True(PerceptualHash.IsDistinctive(hash)));
        Assert.All(Pairs(hashes), distance => Assert.True(distance > PerceptualHash.NearDuplicateDistance));
    }

    private static IEnumerable<int> Pairs(List<long> hashes) => hashes.SelectMany((a, i) => hashes.Take(i).Select(b => PerceptualHash.Distance(a, b)));

    private static long HashOf(byte[] file) => PerceptualHash.Compute(ImageDecoder.Decode(file, 256));

    private static byte[] Weird(string file) => File.ReadAllBytes(TestData.Require($"weird/{file}"));
}
