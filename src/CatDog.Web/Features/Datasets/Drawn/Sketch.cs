using SkiaSharp;

namespace CatDog.Web.Features.Datasets.Drawn;

/// <summary>
/// The few strokes that everything is drawn with. Plain colours only: Skia's gradients and blurs round differently from processor to processor,
/// filled paths do not.
/// </summary>
internal sealed class Sketch(SKCanvas canvas) : IDisposable
{
    private readonly SKPaint _fill = new() { IsAntialias = true, Style = SKPaintStyle.Fill };
    private readonly SKPaint _stroke = new() { IsAntialias = true, Style = SKPaintStyle.Stroke, StrokeCap = SKStrokeCap.Round, StrokeJoin = SKStrokeJoin.Round };

    public void Oval(SKColor colour, float x, float y, float radiusX, float radiusY)
    {
        _fill.Color = colour;
        canvas.DrawOval(x, y, radiusX, radiusY, _fill);
    }

    /// <summary>The same oval left and right of the middle.</summary>
    public void Ovals(SKColor colour, float x, float y, float radiusX, float radiusY)
    {
        Oval(colour, x, y, radiusX, radiusY);
        Oval(colour, -x, y, radiusX, radiusY);
    }

    public void Rectangle(SKColor colour, float x, float y, float width, float height, float radius = 0)
    {
        _fill.Color = colour;
        canvas.DrawRoundRect(x, y, width, height, radius, radius, _fill);
    }

    /// <summary>A closed outline that runs smoothly through the points.</summary>
    public void Blob(SKColor colour, params ReadOnlySpan<SKPoint> points)
    {
        using var path = Outline(points);
        Fill(colour, path);
    }

    /// <summary>A blob whose left half mirrors the right one; the first and the last point lie on the middle.</summary>
    public void Twin(SKColor colour, params ReadOnlySpan<SKPoint> rightHalf)
    {
        using var path = TwinOutline(rightHalf);
        Fill(colour, path);
    }

    /// <summary>Straight sides and rounded corners.</summary>
    public void Polygon(SKColor colour, float cornerRadius, params ReadOnlySpan<SKPoint> points)
    {
        using var builder = new SKPathBuilder();
        builder.MoveTo(points[0].X, points[0].Y);
        foreach (var point in points[1..]) builder.LineTo(point.X, point.Y);
        builder.Close();
        using var path = builder.Detach();
        Fill(colour, path);
        if (cornerRadius <= 0) return;
        _stroke.Color = colour;
        _stroke.StrokeWidth = 2 * cornerRadius;
        canvas.DrawPath(path, _stroke);
    }

    /// <summary>An open line that runs smoothly through the points.</summary>
    public void Line(SKColor colour, float width, params ReadOnlySpan<SKPoint> points)
    {
        using var path = Smooth(points, closed: false);
        _stroke.Color = colour;
        _stroke.StrokeWidth = width;
        canvas.DrawPath(path, _stroke);
    }

    public void Lines(SKColor colour, float width, params ReadOnlySpan<SKPoint> points)
    {
        Line(colour, width, points);
        Line(colour, width, Mirrored(points));
    }

    public static SKPath Outline(params ReadOnlySpan<SKPoint> points) => Smooth(points, closed: true);

    public static SKPath TwinOutline(params ReadOnlySpan<SKPoint> rightHalf)
    {
        var all = new SKPoint[(2 * rightHalf.Length) - 2];
        rightHalf.CopyTo(all);
        for (var i = 1; i < rightHalf.Length - 1; i++) all[^i] = new(-rightHalf[i].X, rightHalf[i].Y);
        return Smooth(all, closed: true);
    }

    public void Fill(SKColor colour, SKPath path)
    {
        _fill.Color = colour;
        canvas.DrawPath(path, _fill);
    }

    /// <summary>What is drawn until this is disposed stays inside the outline.</summary>
    public Scope Inside(SKPath outline)
    {
        var scope = new Scope(canvas, canvas.Save());
        canvas.ClipPath(outline, SKClipOperation.Intersect, antialias: true);
        return scope;
    }

    /// <summary>What is drawn until this is disposed is moved, turned (in degrees) and scaled, in this order from the outside.</summary>
    public Scope At(float x, float y, float scaleX = 1, float? scaleY = null, float degrees = 0)
    {
        var scope = new Scope(canvas, canvas.Save());
        canvas.Translate(x, y);
        canvas.RotateDegrees(degrees);
        canvas.Scale(scaleX, scaleY ?? scaleX);
        return scope;
    }

    public void Dispose()
    {
        _fill.Dispose();
        _stroke.Dispose();
    }

    private static SKPoint[] Mirrored(ReadOnlySpan<SKPoint> points)
    {
        var mirrored = points.ToArray();
        foreach (ref var point in mirrored.AsSpan()) point = new(-point.X, point.Y);
        return mirrored;
    }

    /// <summary>Catmull and Rom's curve, as cubic ones.</summary>
    private static SKPath Smooth(ReadOnlySpan<SKPoint> points, bool closed)
    {
        using var builder = new SKPathBuilder();
        builder.MoveTo(points[0].X, points[0].Y);
        var segments = closed ? points.Length : points.Length - 1;
        for (var i = 0; i < segments; i++)
        {
            var (before, from, to, after) = (At(points, i - 1), At(points, i), At(points, i + 1), At(points, i + 2));
            builder.CubicTo(
                from.X + ((to.X - before.X) / 6), from.Y + ((to.Y - before.Y) / 6),
                to.X - ((after.X - from.X) / 6), to.Y - ((after.Y - from.Y) / 6),
                to.X, to.Y);
        }

        if (closed) builder.Close();
        return builder.Detach();

        SKPoint At(ReadOnlySpan<SKPoint> all, int index) =>
            closed ? all[(index + all.Length) % all.Length] : all[Math.Clamp(index, 0, all.Length - 1)];
    }

    /// <summary>Puts the canvas back as it was.</summary>
    public readonly struct Scope(SKCanvas canvas, int depth) : IDisposable
    {
        public void Dispose() => canvas.RestoreToCount(depth);
    }
}
