using System.Diagnostics;
using CatDog.Training.Images;

namespace CatDog.Benchmarks;

/// <summary>What it costs to make a 224-pixel training picture of a photo, on one core: scaled decoding against whole decoding, side by side.</summary>
internal static class DecodeBenchmark
{
    private const int Side = 224;

    public static int Run(string folder)
    {
        var photos = Photos.In(folder).Take(500).Select(File.ReadAllBytes).ToList();
        double Time(int minShorterSide)
        {
            var clock = Stopwatch.StartNew();
            foreach (var photo in photos) ImageResizer.Resize(ImageDecoder.Decode(photo, minShorterSide), Side, Side);
            return clock.Elapsed.TotalMilliseconds / photos.Count;
        }

        Time(Side);
        var (whole, scaled) = (Time(0), Time(Side));
        Console.WriteLine(FormattableString.Invariant($"decode whole {whole:0.00} ms a photo, scaled {scaled:0.00} ms: {whole / scaled:0.00} times as fast ({photos.Count} photos, one core)"));
        return 0;
    }
}
