using SkiaSharp;
using static CatDog.Web.Features.Datasets.Drawn.Colours;

namespace CatDog.Web.Features.Datasets.Drawn;

internal enum DogEars
{
    Dropped,
    Long,
    Folded,
    Upright,
}

/// <summary>A long face with a big muzzle and a broad nose, mostly hanging ears, a thick tail.</summary>
internal sealed class Dog(DrawnRandom random) : Animal(random)
{
    private readonly DogEars _ears = random.Pick(DogEars.Dropped, DogEars.Dropped, DogEars.Dropped, DogEars.Long, DogEars.Long, DogEars.Folded, DogEars.Folded, DogEars.Upright);
    private readonly SKColor _nose = random.Chance(0.75) ? Hex(0x2E2830) : Hex(0x6A4238);
    private readonly bool _tongueOut = random.Chance(0.5);
    private readonly float _muzzle = random.Between(0.92, 1.14);
    private readonly bool _brows = random.Chance(0.5);
    private readonly int _tailKind = random.Below(3);
    private readonly SKColor _eye = Hex(random.Pick(0x4A2E20u, 0x6B4423u, 0x33363Fu));

    private SKColor EarColour => Coat.Pattern == CoatPattern.Plain ? Coat.Fur.Darker(22) : Coat.Dark;

    public override void DrawHead(Sketch sketch)
    {
        if (_ears is DogEars.Upright or DogEars.Folded) DrawEars(sketch);
        using var head = Sketch.TwinOutline(new(0, -47), new(24, -44), new(41, -25), new(43, 0), new(36, 24), new(25, 42), new(0, 50));
        sketch.Fill(Coat.Fur, head);
        DrawFacePattern(sketch, head);
        using (sketch.At(Look, 0))
        {
            DrawMuzzle(sketch);
            DrawEyes(sketch);
        }

        if (_ears is DogEars.Dropped or DogEars.Long) DrawEars(sketch);
    }

    public override void DrawTail(Sketch sketch)
    {
        var tip = Coat.Pattern is CoatPattern.Bicolour or CoatPattern.Patched ? Coat.Light : Coat.Fur;
        switch (_tailKind)
        {
            case 0: // raised
                sketch.Blob(Coat.Shade, new(-10, 10), new(20, 4), new(42, -22), new(48, -58), new(34, -44), new(20, -22), new(-8, -12));
                sketch.Blob(tip, new(42, -22), new(48, -58), new(34, -44), new(30, -28));
                break;
            case 1: // curled over the back
                sketch.Line(Coat.Shade, 19, new(-6, 2), new(22, -8), new(34, -34), new(16, -50), new(2, -38));
                sketch.Line(tip, 13, new(22, -8), new(34, -34), new(16, -50), new(2, -38));
                break;
            default: // feathered
                sketch.Blob(Coat.Shade, new(-10, 8), new(24, 12), new(54, -2), new(74, -30), new(54, -26), new(58, -40), new(38, -26), new(34, -34), new(14, -12), new(-6, -10));
                break;
        }
    }

    private void DrawEars(Sketch sketch)
    {
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            using var mirrored = sketch.At(0, 0, side, 1);
            switch (_ears)
            {
                case DogEars.Dropped:
                    sketch.Blob(EarColour, new(20, -46), new(42, -44), new(58, -26), new(64, 4), new(57, 24), new(45, 20), new(40, -2), new(32, -26));
                    sketch.Blob(EarColour.Darker(15), new(40, -8), new(46, -14), new(55, 10), new(50, 22), new(44, 16));
                    break;
                case DogEars.Long:
                    sketch.Blob(EarColour, new(20, -44), new(42, -40), new(58, -16), new(66, 20), new(62, 48), new(50, 54), new(40, 36), new(40, 4), new(32, -24));
                    sketch.Blob(EarColour.Darker(15), new(40, 4), new(46, -4), new(56, 26), new(54, 50), new(44, 42));
                    break;
                case DogEars.Folded:
                    sketch.Polygon(EarColour.Darker(14), 5, new(16, -36), new(32, -58), new(48, -20));
                    sketch.Polygon(EarColour, 5, new(24, -56), new(40, -58), new(60, -22), new(44, -28));
                    break;
                default:
                    sketch.Blob(EarColour, new(12, -36), new(22, -62), new(36, -76), new(48, -64), new(50, -36), new(40, -16));
                    sketch.Blob(Pink.Mix(EarColour, 35), new(24, -38), new(30, -58), new(38, -65), new(43, -50), new(40, -28));
                    break;
            }
        }
    }

    private void DrawMuzzle(Sketch sketch)
    {
        using var sized = sketch.At(0, 26 - (26 * _muzzle), _muzzle);
        var muzzle = Coat.Pattern == CoatPattern.Masked ? Coat.Dark.Lighter(10) : Coat.Light;
        sketch.Twin(muzzle.Darker(8), new(0, 2), new(17, 8), new(29, 24), new(25, 42), new(12, 53), new(0, 55));
        sketch.Twin(muzzle, new(0, -2), new(15, 4), new(28, 20), new(24, 37), new(12, 42), new(0, 38));
        var mouth = muzzle.IsDark() ? Hex(0xE8DDE0) : Hex(0x4C3640);
        if (_tongueOut)
        {
            sketch.Twin(Hex(0x7A3140), new(0, 34), new(13, 36), new(11, 46), new(0, 50));
            sketch.Twin(Tongue, new(0, 36), new(8.5f, 40), new(9.5f, 54), new(5, 61), new(0, 62));
            sketch.Line(Tongue.Darker(22), 1.6f, new(0, 42), new(0, 54));
        }

        sketch.Line(mouth, 2.4f, new(0, 22), new(0, 33));
        sketch.Lines(mouth, 2.4f, new(0, 33), new(8, 38), new(19, 34));
        sketch.Ovals(mouth.WithAlpha(110), 15, 25, 1.3f, 1.3f);
        sketch.Ovals(mouth.WithAlpha(110), 19, 29, 1.3f, 1.3f);
        sketch.Twin(_nose, new(0, 4), new(11, 5), new(15, 11), new(8, 19), new(0, 22));
        sketch.Oval(SKColors.White.WithAlpha(150), -4.5f, 8.5f, 4.4f, 2.3f);
    }

    private void DrawEyes(Sketch sketch)
    {
        const float x = 18.5f, y = -12;
        var onDark = Coat.Fur.IsDark() || Coat.Pattern == CoatPattern.Masked;
        if (_brows) sketch.Ovals(onDark ? Coat.Fur.Lighter(35) : Coat.Dark, x - 1, y - 14, 5.5f, 3);
        if (EyesClosed)
        {
            DrawClosedEyes(sketch, x, y, onDark ? Hex(0xF3E9E2) : Ink);
            return;
        }

        if (onDark || Coat.Pattern == CoatPattern.Patched) sketch.Ovals(Coat.Fur.Lighter(40), x, y, 9.3f, 9.8f);
        sketch.Ovals(Ink, x, y, 7.8f, 8.4f);
        sketch.Ovals(_eye, x, y + 1.2f, 6, 6.2f);
        sketch.Ovals(Ink, x, y + 0.6f, 4.2f, 4.6f);
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            sketch.Oval(SKColors.White, (side * x) - 2.6f, y - 3, 2.5f, 2.5f);
            sketch.Oval(SKColors.White.WithAlpha(190), (side * x) + 2.6f, y + 3.4f, 1.2f, 1.2f);
        }
    }
}
