using SkiaSharp;

namespace CatDog.Web.Features.Datasets.Drawn;

internal static class Colours
{
    public static readonly SKColor Ink = Hex(0x2B2530);
    public static readonly SKColor Pink = Hex(0xF2A0A6);
    public static readonly SKColor Tongue = Hex(0xEE7F8C);

    public static SKColor Hex(uint rgb) => new(0xFF000000 | rgb);

    /// <summary>In whole numbers, so that every machine gets the same colour.</summary>
    public static SKColor Mix(this SKColor from, SKColor to, int percent) => new(
        Between(from.Red, to.Red, percent), Between(from.Green, to.Green, percent), Between(from.Blue, to.Blue, percent));

    public static SKColor Darker(this SKColor colour, int percent) => colour.Mix(Hex(0x2A1D33), percent);

    public static SKColor Lighter(this SKColor colour, int percent) => colour.Mix(SKColors.White, percent);

    public static bool IsDark(this SKColor colour) => (colour.Red * 3) + (colour.Green * 6) + colour.Blue < 1000;

    private static byte Between(int from, int to, int percent) => (byte)(from + ((to - from) * percent / 100));
}
