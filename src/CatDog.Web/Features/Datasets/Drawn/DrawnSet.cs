using SkiaSharp;

namespace CatDog.Web.Features.Datasets.Drawn;

/// <summary>Pictures of cats and dogs drawn by the program itself: the same bytes on every machine.</summary>
internal static class DrawnSet
{
    public const int Count = 400;

    private const string Cat = "cat";
    private const string Dog = "dog";
    private const int Quality = 92;

    /// <summary>3 %: six cats and six dogs.</summary>
    private static readonly HashSet<int> Mislabelled = [27, 52, 95, 128, 163, 190, 225, 258, 289, 324, 353, 386];

    public static IEnumerable<DrawnPicture> Draw() => Enumerable.Range(0, Count).Select(Draw);

    /// <param name="number">From 0; even ones are cats.</param>
    public static DrawnPicture Draw(int number)
    {
        var (animal, other) = number % 2 == 0 ? (Cat, Dog) : (Dog, Cat);
        return new($"drawn-{number + 1:000}.jpg", Mislabelled.Contains(number) ? other : animal, animal, Jpeg(number, animal));
    }

    private static byte[] Jpeg(int number, string species)
    {
        var random = new DrawnRandom((ulong)number + 20_261_124);
        var (width, height) = random.Pick((320, 240), (320, 240), (300, 300), (240, 320), (336, 224), (280, 320));
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(bitmap))
        using (var sketch = new Sketch(canvas))
        {
            new Backdrop(sketch, random, width, height).Draw();
            Animal animal = species == Cat ? new Cat(random) : new Dog(random);
            Place(sketch, animal, random, width, height);
            Light(sketch, random, width, height);
        }

        using var pixels = bitmap.PeekPixels();
        using var encoded = pixels.Encode(SKEncodedImageFormat.Jpeg, Quality) ?? throw new InvalidOperationException("Skia did not encode a drawn picture.");
        return encoded.ToArray();
    }

    private static void Place(Sketch sketch, Animal animal, DrawnRandom random, int width, int height)
    {
        var flip = random.Side();
        var x = width * random.Between(0.42, 0.58);
        switch (random.Below(5))
        {
            case 0 or 1:
                var sitting = Math.Min(height * random.Between(0.66, 0.8) / 190, width * 0.9f / 190);
                using (sketch.At(x, height * random.Between(0.88, 0.93), sitting * flip, sitting)) Pose.Sitting(sketch, animal);
                break;
            case 2 or 3:
                var lying = Math.Min(height * 0.7f / 150, width * random.Between(0.76, 0.9) / 250);
                using (sketch.At(x - (flip * 32 * lying), height * random.Between(0.86, 0.92), lying * flip, lying)) Pose.Lying(sketch, animal);
                break;
            default:
                var portrait = Math.Min(height * random.Between(0.8, 1.0) / 190, width * 0.95f / 150);
                using (sketch.At(x, height, portrait * flip, portrait)) Pose.Portrait(sketch, animal);
                break;
        }
    }

    /// <summary>The light of the day, over everything.</summary>
    private static void Light(Sketch sketch, DrawnRandom random, int width, int height)
    {
        switch (random.Below(6))
        {
            case 0: sketch.Rectangle(Colours.Hex(0xFFB04A).WithAlpha(44), 0, 0, width, height); break;
            case 1: sketch.Rectangle(Colours.Hex(0x35307A).WithAlpha(46), 0, 0, width, height); break;
            case 2: sketch.Rectangle(SKColors.White.WithAlpha(38), 0, 0, width, height); break;
            case 3:
                var left = width * random.Between(-0.1, 0.6);
                sketch.Polygon(Colours.Hex(0xFFF4C8).WithAlpha(48), 0, new(left, 0), new(left + (width * 0.3f), 0), new(left + (width * 0.75f), height), new(left + (width * 0.25f), height));
                break;
        }
    }
}
