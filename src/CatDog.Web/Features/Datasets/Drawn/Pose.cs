using SkiaSharp;

namespace CatDog.Web.Features.Datasets.Drawn;

/// <summary>Draws an animal's body around its head. The ground is at 0, up is negative; about 170 high.</summary>
internal static class Pose
{
    public static void Sitting(Sketch sketch, Animal animal)
    {
        var coat = animal.Coat;
        sketch.Oval(Colours.Ink.WithAlpha(46), 8, 2, 76, 10);
        using (sketch.At(36 * animal.Girth, -14)) animal.DrawTail(sketch);
        using (sketch.At(0, 0, animal.Girth, 1))
        {
            sketch.Ovals(coat.Shade, 39, -24, 21, 27);
            sketch.Ovals(coat.Paws.Darker(6), 46, -4, 17, 8);
            using var body = Sketch.TwinOutline(new(0, -104), new(22, -98), new(33, -72), new(40, -40), new(44, -12), new(32, 1), new(0, 2));
            sketch.Fill(coat.Fur, body);
            DrawBodyPattern(sketch, coat, body);
            if (coat.Pattern != CoatPattern.Masked) sketch.Twin(coat.Light, new(0, -92), new(17, -82), new(20, -58), new(11, -36), new(0, -28));
            sketch.Lines(coat.Fur, 21, new(13, -50), new(14, -9));
            sketch.Lines(coat.Shade, 2, new(24.5f, -42), new(25.5f, -12));
            sketch.Line(coat.Shade, 2.4f, new(0, -36), new(0, -6));
            DrawPaw(sketch, coat, 15, -4);
            DrawPaw(sketch, coat, -15, -4);
        }

        DrawCollar(sketch, animal, -87);
        using (sketch.At(0, -126, 0.96f, degrees: animal.HeadTilt))
        {
            sketch.Oval(coat.Shade.WithAlpha(150), 0, 38, 30, 12);
            animal.DrawHead(sketch);
        }
    }

    public static void Lying(Sketch sketch, Animal animal)
    {
        var coat = animal.Coat;
        sketch.Oval(Colours.Ink.WithAlpha(46), 30, 2, 104, 11);
        using (sketch.At(104, -20)) animal.DrawTail(sketch);
        using (sketch.At(0, 0, 1, animal.Girth))
        {
            sketch.Line(coat.Shade, 19, new(4, -12), new(-34, -9));
            sketch.Oval(coat.Paws.Darker(10), -40, -8, 14, 8.5f);
            using var body = Sketch.Outline(
                new(-28, -14), new(-22, -62), new(16, -70), new(62, -70), new(104, -54), new(122, -24), new(110, 0), new(40, 2), new(-10, 2));
            sketch.Fill(coat.Fur, body);
            DrawBodyPattern(sketch, coat, body);
            sketch.Oval(coat.Shade, 88, -24, 33, 29);
            sketch.Oval(coat.Fur, 91, -23, 31, 27);
            sketch.Oval(coat.Paws.Darker(4), 72, -6, 23, 8.5f);
            sketch.Line(coat.Fur, 21, new(10, -10), new(-22, -7));
            sketch.Oval(coat.Paws, -30, -7, 16, 9.5f);
            sketch.Line(coat.Shade, 1.8f, new(-36, -11), new(-39, -5));
            sketch.Line(coat.Shade, 1.8f, new(-29, -11), new(-31, -5));
        }

        using var raised = sketch.At(-18, -24 * (animal.Girth - 1));
        DrawCollar(sketch, animal, -40);
        using (sketch.At(-4, -80, 0.96f, degrees: animal.HeadTilt))
        {
            sketch.Oval(coat.Shade.WithAlpha(170), 4, 36, 34, 15);
            animal.DrawHead(sketch);
        }
    }

    /// <summary>Head and shoulders; the ground is where the picture ends.</summary>
    public static void Portrait(Sketch sketch, Animal animal)
    {
        var coat = animal.Coat;
        using (sketch.At(0, 0, animal.Girth, 1))
        {
            using var body = Sketch.TwinOutline(new(0, -62), new(30, -58), new(52, -34), new(64, 10), new(60, 50), new(0, 60));
            sketch.Fill(coat.Fur, body);
            DrawBodyPattern(sketch, coat, body);
            if (coat.Pattern != CoatPattern.Masked) sketch.Twin(coat.Light, new(0, -50), new(24, -38), new(30, -6), new(22, 30), new(0, 50));
        }

        DrawCollar(sketch, animal, -40);
        using (sketch.At(0, -88, 1.12f, degrees: animal.HeadTilt))
        {
            sketch.Oval(coat.Shade.WithAlpha(150), 0, 38, 34, 13);
            animal.DrawHead(sketch);
        }
    }

    private static void DrawBodyPattern(Sketch sketch, Coat coat, SKPath body)
    {
        using var inside = sketch.Inside(body);
        var box = body.Bounds;
        sketch.Oval(coat.Shade, box.Right, box.MidY + 8, box.Width * 0.2f, box.Height * 0.62f);
        switch (coat.Pattern)
        {
            case CoatPattern.Striped:
                for (var y = box.Top + (box.Height * 0.3f); y < box.Bottom; y += box.Height * 0.17f)
                {
                    sketch.Line(coat.Dark, 6, new(box.Left - 4, y), new(box.Left + (box.Width * 0.16f), y + 5));
                    sketch.Line(coat.Dark, 6, new(box.Right + 4, y), new(box.Right - (box.Width * 0.16f), y + 5));
                }

                break;
            case CoatPattern.Patched:
                sketch.Oval(coat.Dark, box.Left + (box.Width * 0.12f), box.MidY + 6, box.Width * 0.2f, box.Height * 0.24f);
                sketch.Oval(coat.Dark, box.Left + (box.Width * 0.8f), box.Top + (box.Height * 0.25f), box.Width * 0.22f, box.Height * 0.24f);
                break;
            case CoatPattern.Bicolour:
                sketch.Oval(coat.Light, box.MidX, box.Bottom + 4, box.Width * 0.5f, box.Height * 0.3f);
                break;
        }
    }

    private static void DrawPaw(Sketch sketch, Coat coat, float x, float y)
    {
        sketch.Oval(coat.Paws, x, y, 13.5f, 8.5f);
        sketch.Line(coat.Paws.Darker(20), 1.8f, new(x - 4, y), new(x - 4, y + 5));
        sketch.Line(coat.Paws.Darker(20), 1.8f, new(x + 4, y), new(x + 4, y + 5));
    }

    private static void DrawCollar(Sketch sketch, Animal animal, float y)
    {
        if (animal.Collar is not { } colour) return;
        sketch.Line(colour, 9, new(-23, y - 2), new(-12, y + 5), new(0, y + 7), new(12, y + 5), new(23, y - 2));
        sketch.Oval(Colours.Hex(0xC9952B), 0, y + 16, 6.5f, 6.5f);
        sketch.Oval(Colours.Hex(0xF6D365), -0.6f, y + 15.4f, 5, 5);
    }
}
