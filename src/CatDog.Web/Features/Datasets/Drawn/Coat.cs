using SkiaSharp;
using static CatDog.Web.Features.Datasets.Drawn.Colours;

namespace CatDog.Web.Features.Datasets.Drawn;

internal enum CoatPattern
{
    Plain,
    Striped,
    Bicolour,
    Patched,
    Masked,
}

/// <summary>An animal's fur. Cats and dogs draw from the same coats, so that colour gives nothing away.</summary>
/// <param name="Light">Muzzle, chest and belly.</param>
/// <param name="Dark">Stripes, patches and mask.</param>
internal sealed record Coat(SKColor Fur, SKColor Light, SKColor Dark, CoatPattern Pattern)
{
    public SKColor Shade => Fur.Darker(14);

    public SKColor Paws => Pattern is CoatPattern.Bicolour or CoatPattern.Patched ? Light : Pattern == CoatPattern.Masked ? Dark : Fur.Lighter(8);

    public static Coat Pick(DrawnRandom random)
    {
        var (fur, light, dark) = random.Pick(
            (0xE9974Cu, 0xFCE6CBu, 0xBF6A2Au), // ginger
            (0x9CA6B2u, 0xEDF0F3u, 0x6C7684u), // grey
            (0x43434Du, 0xF1EEEAu, 0x2C2C34u), // black and white
            (0xF0DCB9u, 0xFFF8EBu, 0xCBA471u), // cream
            (0x9C6E49u, 0xEBD3B8u, 0x6B4629u), // brown
            (0xF6F2ECu, 0xFFFFFFu, 0xB99F86u), // white
            (0xDDB069u, 0xF8EACDu, 0xAF8140u), // golden
            (0x6E4A38u, 0xD9B9A0u, 0x472D21u), // chocolate
            (0xCBA67Fu, 0xF3E3CFu, 0x8C6746u), // sand
            (0x7D8CA0u, 0xDDE4ECu, 0x55647Au)); // blue
        var pattern = random.Pick(CoatPattern.Plain, CoatPattern.Plain, CoatPattern.Striped, CoatPattern.Bicolour, CoatPattern.Patched, CoatPattern.Masked);
        return new(Hex(fur), Hex(light), Hex(dark), pattern);
    }
}
