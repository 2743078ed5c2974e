using SkiaSharp;
using static CatDog.Web.Features.Datasets.Drawn.Colours;

namespace CatDog.Web.Features.Datasets.Drawn;

/// <summary>Pointed ears, a broad face with a small muzzle, whiskers, a long thin tail.</summary>
internal sealed class Cat(DrawnRandom random) : Animal(random)
{
    private readonly SKColor _iris = Hex(random.Pick(0x8DBF4Du, 0xE2B53Au, 0x58A9C9u, 0x63B58Cu, 0xD88B35u));
    private readonly SKColor _nose = random.Chance(0.6) ? Hex(0xE88A92) : Hex(0x5B4046);
    private readonly float _pupil = random.Between(2.6, 6.4);
    private readonly float _earTilt = random.Between(-5, 7);
    private readonly float _earHeight = random.Between(60, 72);
    private readonly int _tailCurl = random.Below(3);

    public override void DrawHead(Sketch sketch)
    {
        DrawEar(sketch, 1);
        DrawEar(sketch, -1);
        using var head = Sketch.TwinOutline(new(0, -42), new(26, -39), new(46, -20), new(55, 8), new(44, 29), new(22, 41), new(0, 44));
        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
            sketch.Polygon(Coat.Fur, 3, new(side * 44, 2), new(side * 60, 17), new(side * 50, 19), new(side * 55, 29), new(side * 36, 32));
        sketch.Fill(Coat.Fur, head);
        DrawFacePattern(sketch, head);
        using var moved = sketch.At(Look, 0);
        DrawMuzzle(sketch);
        DrawEyes(sketch);
        DrawWhiskers(sketch);
    }

    public override void DrawTail(Sketch sketch)
    {
        ReadOnlySpan<SKPoint> curve = _tailCurl switch
        {
            0 => [new(-6, 4), new(26, 4), new(44, -18), new(36, -46), new(46, -70), new(62, -72)],
            1 => [new(-6, 4), new(30, 8), new(50, -12), new(54, -44), new(40, -62), new(30, -50)],
            _ => [new(-6, 4), new(22, 2), new(34, -26), new(34, -58), new(24, -84)],
        };
        sketch.Line(Coat.Shade, 14, curve);
        sketch.Line(Coat.Fur, 11, curve);
        var tip = curve[^1];
        if (Coat.Pattern is CoatPattern.Striped or CoatPattern.Masked) sketch.Line(Coat.Dark, 13, Halfway(curve[^2], tip), tip);
        if (Coat.Pattern == CoatPattern.Bicolour) sketch.Line(Coat.Light, 13, Halfway(curve[^2], tip), tip);
    }

    private static SKPoint Halfway(SKPoint a, SKPoint b) => new((a.X + b.X) / 2, (a.Y + b.Y) / 2);

    private void DrawEar(Sketch sketch, int side)
    {
        using var turned = sketch.At(0, 0, side, 1, side * _earTilt);
        var fur = Coat.Pattern == CoatPattern.Masked || (Coat.Pattern == CoatPattern.Patched && side > 0) ? Coat.Dark : Coat.Fur;
        sketch.Polygon(fur, 4, new(10, -32), new(40, -_earHeight), new(48, -8));
        sketch.Polygon(Pink.Mix(fur, 20), 3, new(23, -34), new(38, -_earHeight + 12), new(42, -20));
        sketch.Polygon(fur.Lighter(25), 1.5f, new(22, -30), new(27, -46), new(31, -26));
    }

    private void DrawMuzzle(Sketch sketch)
    {
        var muzzle = Coat.Pattern == CoatPattern.Masked ? Coat.Dark.Lighter(12) : Coat.Light;
        sketch.Oval(muzzle.Darker(6), 0, 29, 10, 8);
        sketch.Ovals(muzzle, 10.5f, 20, 14, 10.5f);
        sketch.Ovals(Pink.WithAlpha(90), 36, 18, 9, 6);
        sketch.Polygon(_nose, 2.5f, new(-5.5f, 8), new(5.5f, 8), new(0, 13.5f));
        var mouth = muzzle.IsDark() ? Hex(0xE8DDE0) : Hex(0x5A3F48);
        sketch.Line(mouth, 2.2f, new(0, 15), new(0, 20));
        sketch.Lines(mouth, 2.2f, new(0, 20), new(5, 25), new(12, 24));
    }

    private void DrawEyes(Sketch sketch)
    {
        const float x = 23, y = -5;
        if (EyesClosed)
        {
            DrawClosedEyes(sketch, x, y, Coat.Fur.IsDark() ? Hex(0xF3E9E2) : Ink);
            return;
        }

        foreach (var side in (ReadOnlySpan<int>)[-1, 1])
        {
            using var eye = sketch.At(side * x, y, 1, 1, side * 8);
            sketch.Oval(Ink, 0, 0, 12, 12.5f);
            sketch.Oval(_iris, 0, 0.6f, 10.2f, 10.8f);
            sketch.Oval(_iris.Lighter(35), 0, 5, 6.5f, 5);
            sketch.Oval(Ink, Look * 0.3f, 0.4f, _pupil, 9.2f);
            sketch.Oval(SKColors.White, -3.4f, -4.4f, 3, 3);
            sketch.Oval(SKColors.White.WithAlpha(200), 3.4f, 4.6f, 1.5f, 1.5f);
        }
    }

    private void DrawWhiskers(Sketch sketch)
    {
        var colour = Coat.Fur.IsDark() ? SKColors.White.WithAlpha(210) : Hex(0x6D5560).WithAlpha(190);
        sketch.Lines(colour, 1.3f, new(20, 17), new(42, 12), new(66, 9));
        sketch.Lines(colour, 1.3f, new(20, 21), new(44, 21), new(68, 22));
        sketch.Lines(colour, 1.3f, new(19, 25), new(40, 29), new(62, 36));
    }
}
