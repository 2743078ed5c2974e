using SkiaSharp;
using static CatDog.Web.Features.Datasets.Drawn.Colours;

namespace CatDog.Web.Features.Datasets.Drawn;

/// <summary>Where the animal is. Each leaves the ground at about 0.86 of the height.</summary>
internal sealed class Backdrop(Sketch sketch, DrawnRandom random, int width, int height)
{
    public void Draw()
    {
        switch (random.Below(4))
        {
            case 0: DrawRoom(); break;
            case 1: DrawGarden(); break;
            case 2: DrawBeach(); break;
            default: DrawStudio(); break;
        }
    }

    private void DrawRoom()
    {
        var wall = Hex(random.Pick(0xF3D9C8u, 0xCFE3DCu, 0xD9DDF0u, 0xF6E7B8u, 0xE9D0DCu, 0xBFD4DEu));
        var floor = Hex(random.Pick(0xC89B6Du, 0xB9845Au, 0xD9B98Fu, 0x9C7B68u));
        var horizon = height * random.Between(0.66, 0.74);
        Gradient(wall.Lighter(12), wall.Darker(6), 0, horizon);
        if (random.Chance(0.4))
        {
            for (var x = random.Between(0, 20); x < width; x += 26) sketch.Rectangle(wall.Lighter(22), x, 0, 9, horizon);
        }

        sketch.Rectangle(floor, 0, horizon, width, height - horizon);
        for (var y = horizon + 14; y < height; y += 15) sketch.Rectangle(floor.Darker(10), 0, y, width, 1.4f);
        sketch.Rectangle(wall.Lighter(55), 0, horizon - 6, width, 8);
        var side = random.Side();
        if (random.Chance(0.6)) DrawWindow(Across(side, 0.24f), height * 0.3f);
        else DrawPicture(Across(side, 0.22f), height * 0.26f);
        if (random.Chance(0.7)) DrawPlant(Across(-side, 0.13f), horizon + (height * 0.08f));
        var rug = Hex(random.Pick(0xD9726Bu, 0x5E93A8u, 0x8FA86Bu, 0xE0A94Eu, 0x8E78B0u));
        sketch.Oval(rug, width / 2f, height * 0.88f, width * 0.44f, height * 0.095f);
        sketch.Oval(rug.Lighter(28), width / 2f, height * 0.88f, width * 0.39f, height * 0.077f);
        sketch.Oval(rug.Lighter(8), width / 2f, height * 0.88f, width * 0.35f, height * 0.064f);
    }

    private void DrawWindow(float x, float y)
    {
        var (halfWidth, halfHeight) = (width * 0.15f, height * 0.22f);
        var sky = Hex(random.Pick(0xA8D8F0u, 0xF7C59Fu, 0x5B6BA8u, 0xCDE7F5u));
        sketch.Rectangle(SKColors.White, x - halfWidth - 5, y - halfHeight - 5, (2 * halfWidth) + 10, (2 * halfHeight) + 10, 4);
        sketch.Rectangle(sky, x - halfWidth, y - halfHeight, 2 * halfWidth, 2 * halfHeight);
        sketch.Oval(SKColors.White.WithAlpha(200), x - (halfWidth * 0.3f), y - (halfHeight * 0.3f), halfWidth * 0.4f, halfHeight * 0.14f);
        sketch.Oval(sky.Mix(Hex(0x6FA35C), 70), x, y + (halfHeight * 0.95f), halfWidth * 0.8f, halfHeight * 0.25f);
        sketch.Rectangle(SKColors.White, x - 2, y - halfHeight, 4, 2 * halfHeight);
        sketch.Rectangle(SKColors.White, x - halfWidth, y - 2, 2 * halfWidth, 4);
        sketch.Rectangle(Hex(0xEDE6DD), x - halfWidth - 9, y + halfHeight + 4, (2 * halfWidth) + 18, 6, 2);
    }

    private void DrawPicture(float x, float y)
    {
        var paper = Hex(random.Pick(0xFBF4E6u, 0xE7EFF2u, 0xFBE6E0u));
        var (halfWidth, halfHeight) = (width * 0.1f, height * 0.12f);
        sketch.Rectangle(Hex(0x8A6248), x - halfWidth - 5, y - halfHeight - 5, (2 * halfWidth) + 10, (2 * halfHeight) + 10, 3);
        sketch.Rectangle(paper, x - halfWidth, y - halfHeight, 2 * halfWidth, 2 * halfHeight);
        sketch.Oval(Hex(random.Pick(0xE98A6Bu, 0xF0B84Au, 0x6FA7B8u)), x, y - 2, halfWidth * 0.45f, halfWidth * 0.45f);
        sketch.Rectangle(Hex(0x7FA06B), x - halfWidth, y + (halfHeight * 0.45f), 2 * halfWidth, halfHeight * 0.55f);
    }

    private void DrawPlant(float x, float ground)
    {
        var leaf = Hex(random.Pick(0x4F8A5Bu, 0x6AA05Au, 0x3F7A6Au));
        var tall = height * random.Between(0.26, 0.36);
        for (var i = -2; i <= 2; i++)
        {
            using var turned = sketch.At(x, ground - 22, 1, 1, i * 24);
            sketch.Blob(i % 2 == 0 ? leaf : leaf.Lighter(14), new(0, 0), new(8, -tall * 0.5f), new(0, -tall), new(-8, -tall * 0.5f));
        }

        var pot = Hex(random.Pick(0xC9704Fu, 0xE8E0D5u, 0x4F6D86u));
        sketch.Polygon(pot, 2, new(x - 15, ground - 26), new(x + 15, ground - 26), new(x + 11, ground + 4), new(x - 11, ground + 4));
        sketch.Rectangle(pot.Lighter(14), x - 18, ground - 30, 36, 9, 3);
    }

    private void DrawGarden()
    {
        var horizon = height * random.Between(0.56, 0.66);
        DrawSky(horizon);
        var hill = Hex(random.Pick(0x8FBF7Au, 0x7FB48Cu, 0xA7C67Fu));
        sketch.Oval(hill.Lighter(18), width * random.Between(0.1, 0.35), horizon + 12, width * 0.5f, height * 0.17f);
        sketch.Oval(hill.Lighter(8), width * random.Between(0.7, 0.95), horizon + 14, width * 0.45f, height * 0.22f);
        if (random.Chance(0.6)) DrawTree(Across(random.Side(), 0.14f), horizon + 12);
        if (random.Chance(0.45)) DrawFence(horizon);
        var grass = hill.Darker(8);
        Gradient(grass, grass.Darker(14), horizon, height);
        for (var i = 0; i < 34; i++)
        {
            var (x, y) = (random.Between(0, width), random.Between(horizon + 6, height));
            sketch.Line(grass.Lighter(16), 1.8f, new(x - 3, y - 6), new(x, y));
            sketch.Line(grass.Lighter(16), 1.8f, new(x + 3, y - 7), new(x, y));
        }

        for (var i = 0; i < 11; i++) DrawFlower(random.Between(0, width), random.Between(horizon + 14, height - 4));
    }

    private void DrawTree(float x, float ground)
    {
        var leaf = Hex(random.Pick(0x5E9A5Au, 0x4C8A68u, 0xD98E4Au, 0xE9A7B7u));
        var tall = height * random.Between(0.34, 0.44);
        sketch.Polygon(Hex(0x85603F), 2, new(x - 6, ground), new(x - 4, ground - tall), new(x + 4, ground - tall), new(x + 6, ground));
        sketch.Oval(leaf.Darker(10), x + 6, ground - tall + 6, tall * 0.42f, tall * 0.36f);
        sketch.Oval(leaf, x - 6, ground - tall - 4, tall * 0.4f, tall * 0.36f);
        sketch.Oval(leaf.Lighter(14), x - 12, ground - tall - 12, tall * 0.2f, tall * 0.16f);
    }

    private void DrawFence(float horizon)
    {
        var wood = Hex(random.Pick(0xFBF7F0u, 0xD8B58Bu));
        sketch.Rectangle(wood.Darker(8), 0, horizon - 22, width, 5);
        sketch.Rectangle(wood.Darker(8), 0, horizon - 7, width, 5);
        for (var x = 4f; x < width; x += 21)
            sketch.Polygon(wood, 1, new(x, horizon + 4), new(x, horizon - 28), new(x + 5.5f, horizon - 35), new(x + 11, horizon - 28), new(x + 11, horizon + 4));
    }

    private void DrawFlower(float x, float y)
    {
        var petal = Hex(random.Pick(0xFFFFFFu, 0xF7C948u, 0xF08FA8u, 0xB79AE0u, 0xF2785Cu));
        foreach (var (dx, dy) in (ReadOnlySpan<(float, float)>)[(-2.6f, 0), (2.6f, 0), (0, -2.6f), (0, 2.6f)]) sketch.Oval(petal, x + dx, y + dy, 2.3f, 2.3f);
        sketch.Oval(Hex(0xE8A33A), x, y, 1.9f, 1.9f);
    }

    private void DrawBeach()
    {
        var horizon = height * random.Between(0.42, 0.52);
        DrawSky(horizon);
        var sea = Hex(random.Pick(0x4FA8C9u, 0x3F93B8u, 0x5CBDBDu));
        var shore = height * random.Between(0.6, 0.66);
        Gradient(sea.Darker(10), sea.Lighter(22), horizon, shore + 10);
        for (var i = 0; i < 9; i++)
        {
            var (x, y) = (random.Between(0, width), random.Between(horizon + 5, shore - 4));
            sketch.Line(SKColors.White.WithAlpha(120), 1.6f, new(x - 9, y), new(x, y - 1.5f), new(x + 9, y));
        }

        if (random.Chance(0.5)) DrawBoat(width * random.Between(0.1, 0.9), horizon + 8);
        var sand = Hex(random.Pick(0xF3DDAEu, 0xEFD09Bu, 0xF7E6C4u));
        sketch.Oval(SKColors.White.WithAlpha(200), width * 0.3f, shore + 24, width * 0.8f, 28);
        sketch.Oval(sand, width * 0.3f, shore + 31, width * 0.8f, 30);
        Gradient(sand, sand.Darker(8), shore + 18, height);
        if (random.Chance(0.55)) DrawUmbrella(Across(random.Side(), 0.17f), height * 0.8f);
        for (var i = 0; i < 26; i++) sketch.Oval(sand.Darker(18), random.Between(0, width), random.Between(shore + 26, height), 1.3f, 0.9f);
        DrawStarfish(width * random.Between(0.08, 0.92), height * random.Between(0.9, 0.96));
    }

    private void DrawBoat(float x, float y)
    {
        sketch.Polygon(SKColors.White, 1, new(x + 2, y - 8), new(x + 2, y - 34), new(x + 20, y - 8));
        sketch.Polygon(Hex(0xF2785C), 1, new(x - 1, y - 8), new(x - 1, y - 28), new(x - 13, y - 8));
        sketch.Polygon(Hex(0x6B4A3A), 1.5f, new(x - 18, y - 5), new(x + 20, y - 5), new(x + 13, y + 3), new(x - 12, y + 3));
    }

    private void DrawUmbrella(float x, float ground)
    {
        var colour = Hex(random.Pick(0xE8574Bu, 0x3F9FA8u, 0xF0B63Eu, 0x9B6FC0u));
        var reach = width * 0.19f;
        using var leaning = sketch.At(x, ground, 1, 1, random.Between(-10, 10));
        sketch.Rectangle(Hex(0xF5F0E8), -2, -height * 0.5f, 4, height * 0.5f);
        using var dome = sketch.At(0, -height * 0.36f, reach, height * 0.17f);
        ReadOnlySpan<(float Left, float Right)> panels = [(-1, -0.62f), (-0.62f, -0.2f), (-0.2f, 0.2f), (0.2f, 0.62f), (0.62f, 1)];
        for (var i = 0; i < panels.Length; i++)
        {
            var (left, right) = panels[i];
            using var outline = Sketch.Outline(new(0, -1), new(right * 0.78f, -0.62f), new(right, 0), new((left + right) / 2, 0.05f), new(left, 0), new(left * 0.78f, -0.62f));
            sketch.Fill(i % 2 == 0 ? colour : Hex(0xFDF8EF), outline);
        }
    }

    private void DrawStarfish(float x, float y)
    {
        for (var i = 0; i < 5; i++)
        {
            using var turned = sketch.At(x, y, 1, 0.7f, i * 72);
            sketch.Blob(Hex(0xEE8A5A), new(0, 2), new(3.4f, -2), new(0, -11), new(-3.4f, -2));
        }
    }

    private void DrawStudio()
    {
        var colour = Hex(random.Pick(0xF6B8A0u, 0x9CD3C8u, 0xA9BDF0u, 0xF5D77Eu, 0xD3B2E8u, 0xF2A7BBu, 0xB5D99Cu));
        Gradient(colour.Lighter(45), colour, 0, height);
        for (var i = 0; i < 5; i++)
        {
            var radius = random.Between(0.1, 0.32) * width;
            sketch.Oval(SKColors.White.WithAlpha(46), random.Between(0, width), random.Between(0, height * 0.8), radius, radius);
        }

        var dots = Hex(random.Pick(0xFFFFFFu, 0xF7E08Cu, 0xF08FA8u));
        for (var i = 0; i < 22; i++)
        {
            var radius = random.Between(1.2, 3.6);
            sketch.Oval(dots.WithAlpha(170), random.Between(0, width), random.Between(0, height * 0.75), radius, radius);
        }

        sketch.Oval(colour.Darker(9), width / 2f, height * 0.96f, width * 0.72f, height * 0.17f);
    }

    private void DrawSky(float horizon)
    {
        var (top, bottom) = random.Pick((0x8CCBF0u, 0xE4F4FBu), (0xF3A683u, 0xFDE5B9u), (0x7FB4E6u, 0xF7E3E0u), (0x9FC5D8u, 0xE9F1EEu), (0x6C7FC4u, 0xF2C6C0u));
        Gradient(Hex(top), Hex(bottom), 0, horizon);
        var sun = width * random.Between(0.12, 0.88);
        sketch.Oval(Hex(0xFFF3C4).WithAlpha(120), sun, height * 0.15f, 27, 27);
        sketch.Oval(Hex(0xFFE58A), sun, height * 0.15f, 18, 18);
        for (var i = random.Below(3); i >= 0; i--)
        {
            var (x, y) = (random.Between(0, width), height * random.Between(0.08, 0.34));
            sketch.Oval(SKColors.White.WithAlpha(225), x, y, 25, 8.5f);
            sketch.Oval(SKColors.White.WithAlpha(225), x - 9, y - 6, 11, 9);
            sketch.Oval(SKColors.White.WithAlpha(225), x + 7, y - 8, 14, 11.5f);
        }
    }

    /// <summary>Whole rows of plain colour.</summary>
    private void Gradient(SKColor top, SKColor bottom, float from, float to)
    {
        var (first, last) = ((int)from, (int)Math.Ceiling(to));
        for (var y = first; y < last; y++) sketch.Rectangle(top.Mix(bottom, (y - first) * 100 / Math.Max(1, last - first)), 0, y, width, 1.01f);
    }

    private float Across(int side, float margin) => width * (side < 0 ? margin : 1 - margin);
}
