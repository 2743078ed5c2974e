using System.Security.Cryptography;
using CatDog.Training.Images;
using CatDog.Web.Features.Datasets.Drawn;

namespace CatDog.Web.Tests.Features.Datasets.Drawn;

public sealed class DrawnSetTests
{
    private static readonly Lazy<IReadOnlyList<DrawnPicture>> Pictures = new(() => [.. DrawnSet.Draw()]);

    [Fact]
    public void It_is_200_cats_and_200_dogs_of_which_3_percent_are_labelled_wrongly_on_purpose()
    {
        var pictures = Pictures.Value;

        Assert.Equal(400, pictures.Count);
        Assert.Equal(200, pictures.Count(p => p.TrueLabel == "cat"));
        Assert.Equal(200, pictures.Count(p => p.TrueLabel == "dog"));
        Assert.Equal(6, pictures.Count(p => p is { TrueLabel: "cat", Label: "dog" }));
        Assert.Equal(6, pictures.Count(p => p is { TrueLabel: "dog", Label: "cat" }));
        Assert.Equal(12, pictures.Count(p => p.IsMislabelled));
        Assert.Equal(400, pictures.DistinctBy(p => p.FileName).Count());
        Assert.DoesNotContain(pictures, p => p.FileName.Contains("cat") || p.FileName.Contains("dog"));
    }

    [Fact]
    public void Drawn_again_it_has_the_same_bytes() => Assert.Equal(HashOf(Pictures.Value), HashOf(DrawnSet.Draw()));

    [Fact]
    public void The_bytes_are_those_of_every_other_machine()
    {
        Assert.Equal("2ba64fadb1216b62efbec222c757b067f114e05caa3b4e6c63e91ca80d017326", HashOf(Pictures.Value.Take(4)));
    }

    [Fact]
    public void No_two_pictures_are_the_same_or_nearly()
    {
        var hashes = Pictures.Value.Select(p => PerceptualHash.Compute(ImageDecoder.Decode(p.Bytes))).ToList();

        Assert.Equal(400, Pictures.Value.DistinctBy(p => Convert.ToHexString(SHA256.HashData(p.Bytes))).Count());
        Assert.All(hashes, hash => Assert.True(PerceptualHash.IsDistinctive(hash)));
        Assert.All(
            hashes.SelectMany((a, i) => hashes.Take(i).Select(b => PerceptualHash.Distance(a, b))),
            distance => Assert.True(distance > PerceptualHash.NearDuplicateDistance));
    }

    [Fact]
    public void Colour_alone_does_not_tell_cats_from_dogs()
    {
        var means = Pictures.Value.GroupBy(p => p.TrueLabel, p => ImageResizer.Resize(ImageDecoder.Decode(p.Bytes), 1, 1).Rgba)
            .Select(colours => Enumerable.Range(0, 3).Select(channel => colours.Average(c => c[channel])).ToArray()).ToList();

        Assert.All(means[0].Zip(means[1]), pair => Assert.InRange(Math.Abs(pair.First - pair.Second), 0, 8));
    }

    private static string HashOf(IEnumerable<DrawnPicture> pictures)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var picture in pictures) hash.AppendData(picture.Bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
