using SkiaSharp;

namespace CatDog.Web.Features.Datasets.Drawn;

/// <summary>What tells a cat from a dog: head and tail. Each pose draws the body around them.</summary>
internal abstract class Animal(DrawnRandom random)
{
    protected DrawnRandom Random { get; } = random;

    public Coat Coat { get; } = Coat.Pick(random);

    /// <summary>Null where it wears none.</summary>
    public SKColor? Collar { get; } = random.Chance(0.45)
        ? Colours.Hex(random.Pick(0xD8433Bu, 0x2F7FB8u, 0x2FA37Au, 0xE3B23Cu, 0x8B5FBFu, 0xE4719Fu))
        : null;

    /// <summary>How broad the body is, 1 on average.</summary>
    public float Girth { get; } = random.Between(0.88, 1.14);

    public float HeadTilt { get; } = random.Between(-9, 9);

    /// <summary>Where it looks: the face's features move this far.</summary>
    protected float Look { get; } = random.Between(-5, 5);

    protected bool EyesClosed { get; } = random.Chance(0.14);

    /// <summary>Around the middle of the face, about 110 wide and high.</summary>
    public abstract void DrawHead(Sketch sketch);

    /// <summary>From where the tail begins, to the right and up.</summary>
    public abstract void DrawTail(Sketch sketch);

    /// <summary>Closed and content.</summary>
    protected static void DrawClosedEyes(Sketch sketch, float x, float y, SKColor colour) =>
        sketch.Lines(colour, 3.2f, new(x - 9, y - 1), new(x - 5, y + 4), new(x, y + 5.5f), new(x + 5, y + 4), new(x + 9, y - 1));

    /// <summary>Stripes, blaze, patch or mask, inside the outline of the head.</summary>
    protected void DrawFacePattern(Sketch sketch, SKPath head)
    {
        using var inside = sketch.Inside(head);
        // One side of the face lies a little in the shade.
        sketch.Oval(Coat.Shade, 52, 14, 26, 62);
        switch (Coat.Pattern)
        {
            case CoatPattern.Striped:
                sketch.Line(Coat.Dark, 6, new(0, -52), new(0, -27));
                sketch.Lines(Coat.Dark, 5, new(13, -52), new(11, -29));
                sketch.Lines(Coat.Dark, 4.5f, new(62, 0), new(45, 3));
                sketch.Lines(Coat.Dark, 4.5f, new(62, 14), new(44, 14));
                break;
            case CoatPattern.Bicolour:
                sketch.Twin(Coat.Light, new(0, -44), new(6, -26), new(9, -6), new(28, 10), new(34, 30), new(22, 50), new(0, 56));
                break;
            case CoatPattern.Patched:
                sketch.Blob(Coat.Dark, new(4, -60), new(54, -54), new(60, -4), new(34, 14), new(10, 6), new(2, -20));
                break;
            case CoatPattern.Masked:
                sketch.Twin(Coat.Dark, new(0, -20), new(20, -14), new(36, -2), new(33, 24), new(22, 46), new(0, 54));
                break;
        }
    }
}
