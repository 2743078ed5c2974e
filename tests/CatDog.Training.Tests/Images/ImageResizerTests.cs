using CatDog.Training.Images;

namespace CatDog.Training.Tests.Images;

public sealed class ImageResizerTests
{
    [Fact]
    public void Halving_weighs_the_neighbours_as_a_triangle_does()
    {
        var image = GreyRow(0, 80, 160, 240);

        var half = ImageResizer.Resize(image, 2, 1);

        // Triangle of reach 2 around 1 and 3: (3·0 + 3·80 + 1·160) / 7 and (1·80 + 3·160 + 3·240) / 7.
        Assert.Equal([57, 183], Greys(half));
    }

    [Fact]
    public void Enlarging_interpolates()
    {
        Assert.Equal([0, 25, 75, 100], Greys(ImageResizer.Resize(GreyRow(0, 100), 4, 1)));
    }

    [Fact]
    public void A_checkerboard_made_much_smaller_is_grey_and_does_not_flicker()
    {
        var rgba = new byte[4 * 512 * 512];
        for (var i = 0; i < 512 * 512; i++) rgba.AsSpan(4 * i, 3).Fill((byte)((((i / 512) + (i % 512)) & 1) * 255));

        var small = ImageResizer.Resize(new(512, 512, rgba), 33, 21);

        Assert.All(Greys(small), grey => Assert.InRange(grey, 124, 131));
    }

    [Theory]
    [InlineData(600, 400, 336, 224)]
    [InlineData(400, 600, 224, 336)]
    [InlineData(100, 100, 224, 224)]
    public void The_shorter_side_is_scaled_to_what_is_asked(int width, int height, int newWidth, int newHeight)
    {
        var image = ImageResizer.ResizeShorterSide(new(width, height, new byte[4 * width * height]), 224);

        Assert.Equal((newWidth, newHeight), (image.Width, image.Height));
    }

    [Theory]
    [InlineData(640, 480, 256, 192)]
    [InlineData(480, 640, 192, 256)]
    [InlineData(90, 60, 90, 60)]
    [InlineData(1, 4000, 1, 256)]
    public void A_thumbnail_fits_and_is_never_enlarged(int width, int height, int thumbWidth, int thumbHeight)
    {
        using var scene = Pictures.Scene(1, width, height);
        var image = Pictures.Decoded(scene);

        var thumb = Thumbnail.Encode(image);

        Assert.Equal(new("image/jpeg", thumbWidth, thumbHeight, ImageOrientation.TopLeft, 1), ImageDecoder.Identify(thumb));
        if (width > 1) Assert.InRange(Pictures.Difference(Pictures.Small(ImageDecoder.Decode(thumb)), Pictures.Small(image)), 0, 8);
    }

    private static DecodedImage GreyRow(params byte[] greys) => new(greys.Length, 1, [.. greys.SelectMany(g => new byte[] { g, g, g, 255 })]);

    private static byte[] Greys(DecodedImage image) => [.. image.Rgba.Where((_, i) => i % 4 == 0)];
}
