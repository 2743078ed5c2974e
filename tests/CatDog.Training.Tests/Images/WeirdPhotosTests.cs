using CatDog.Training.Images;

namespace CatDog.Training.Tests.Images;

/// <summary>Each file of the manifest of odd files is held to what it must come to.</summary>
public sealed class WeirdPhotosTests
{
    private const double SamePicture = 6;
    private const double SameSceneRecompressed = 14;

    [Theory]
    [InlineData("ok_cat.jpg", "image/jpeg", 600, 400)]
    [InlineData("ok_dog.jpg", "image/jpeg", 500, 334)]
    [InlineData("UPPER_DOG.JPG", "image/jpeg", 500, 334)]
    [InlineData("ünï cødé 猫 name.jpg", "image/jpeg", 600, 400)]
    [InlineData("cat_no_extension", "image/jpeg", 600, 400)]
    [InlineData("dog.jpeg.txt", "image/jpeg", 500, 334)]
    [InlineData("corrupt_bitrot.jpg", "image/jpeg", 600, 400)]
    [InlineData("size_1x1.jpg", "image/jpeg", 1, 1)]
    [InlineData("size_1x1.png", "image/png", 1, 1)]
    [InlineData("size_1x1.gif", "image/gif", 1, 1)]
    [InlineData("size_2x3.png", "image/png", 2, 3)]
    [InlineData("size_1x4000.jpg", "image/jpeg", 1, 4000)]
    [InlineData("size_6000x1.jpg", "image/jpeg", 6000, 1)]
    [InlineData("size_3000x40_panorama.jpg", "image/jpeg", 3000, 40)]
    [InlineData("size_6000x4000_24mp.jpg", "image/jpeg", 6000, 4000)]
    [InlineData("blank_black.jpg", "image/jpeg", 300, 300)]
    [InlineData("blank_white.jpg", "image/jpeg", 300, 300)]
    [InlineData("noise.png", "image/png", 224, 224)]
    [InlineData("both_cat_and_dog.jpg", "image/jpeg", 1100, 400)]
    [InlineData("ico_as.jpg", "image/x-icon", 64, 64)]
    [InlineData("rgba_all_transparent.png", "image/png", 500, 334)]
    public void It_decodes_at_the_size_that_its_header_says(string file, string mediaType, int width, int height)
    {
        var bytes = Weird(file);

        var header = ImageDecoder.Identify(bytes);
        var image = ImageDecoder.Decode(bytes);

        Assert.Equal((mediaType, width, height), (header.MediaType, header.Width, header.Height));
        Assert.Equal((width, height, 4 * width * height), (image.Width, image.Height, image.Rgba.Length));
        Assert.DoesNotContain(image.Rgba.Where((_, i) => i % 4 == 3), alpha => alpha != 255);
    }

    [Fact]
    public void A_200_character_name_decodes() => It_decodes_at_the_size_that_its_header_says(new string('a', 200) + ".jpg", "image/jpeg", 500, 334);

    [Theory]
    [InlineData("ok_cat_progressive.jpg", "ok_cat.jpg")]
    [InlineData("ok_cat_444_q100.jpg", "ok_cat.jpg")]
    [InlineData("ok_dog_411.jpg", "ok_dog.jpg")]
    [InlineData("corrupt_no_eoi.jpg", "ok_dog.jpg")]
    [InlineData("corrupt_trailing_garbage.jpg", "ok_dog.jpg")]
    [InlineData("png_as.jpg", "ok_cat.jpg")]
    [InlineData("jpg_as.png", "ok_cat.jpg")]
    [InlineData("jpg_as.webp", "ok_dog.jpg")]
    [InlineData("icc_srgb.jpg", "ok_dog.jpg")]
    [InlineData("icc_broken.jpg", "ok_dog.jpg")]
    [InlineData("exif_garbage.jpg", "ok_cat.jpg")]
    [InlineData("exif_orientation_1.jpg", "ok_cat.jpg")]
    [InlineData("exif_orientation_2.jpg", "ok_cat.jpg")]
    [InlineData("exif_orientation_3.jpg", "ok_cat.jpg")]
    [InlineData("exif_orientation_4.jpg", "ok_cat.jpg")]
    [InlineData("exif_orientation_5.jpg", "ok_cat.jpg")]
    [InlineData("exif_orientation_6.jpg", "ok_cat.jpg")]
    [InlineData("exif_orientation_8.jpg", "ok_cat.jpg")]
    [InlineData("exif_orientation_99.jpg", "ok_cat.jpg")]
    [InlineData("exif_orientation_6.png", "ok_cat.jpg")]
    [InlineData("duplicate_of_ok_cat.jpg", "ok_cat.jpg")]
    [InlineData("near_duplicate_of_ok_cat.jpg", "ok_cat.jpg")]
    public void It_shows_the_same_picture_at_the_same_size(string file, string control) => AssertLooksLike(file, control, sameSize: true, SamePicture);

    [Theory]
    [InlineData("gif_as.jpg", "ok_cat.jpg")]
    [InlineData("bmp_as.jpg", "ok_dog.jpg")]
    [InlineData("tiff_as.jpg", "ok_cat.jpg")]
    [InlineData("palette.png", "ok_cat.jpg")]
    [InlineData("cmyk.jpg", "ok_cat.jpg")]
    [InlineData("cmyk.tiff", "ok_cat.jpg")]
    [InlineData("anim.gif", "ok_cat.jpg")]
    [InlineData("anim.webp", "ok_cat.jpg")]
    [InlineData("multi.mpo.jpg", "ok_cat.jpg")]
    [InlineData("multipage.tiff", "ok_cat.jpg")]
    public void It_shows_the_same_scene(string file, string control) => AssertLooksLike(file, control, sameSize: false, SameSceneRecompressed);

    [Theory]
    [InlineData("gray_L.jpg", "ok_cat.jpg")]
    [InlineData("gray_LA.png", "ok_dog.jpg")]
    [InlineData("bilevel.png", "ok_dog.jpg")]
    public void Grey_is_expanded_to_three_equal_channels(string file, string control)
    {
        var image = ImageDecoder.Decode(Weird(file));

        for (var i = 0; i < image.Rgba.Length; i += 4)
            Assert.True(image.Rgba[i] == image.Rgba[i + 1] && image.Rgba[i] == image.Rgba[i + 2], $"Pixel {i / 4} is not grey.");
        var controlGrey = Pictures.Grey(ImageDecoder.Decode(Weird(control)));
        if (file != "gray_LA.png") Assert.InRange(Pictures.Difference(Pictures.Small(image), Pictures.Small(controlGrey)), 0, 25);
    }

    [Fact]
    public void Hidden_pixels_of_a_transparent_picture_become_white()
    {
        var all = ImageDecoder.Decode(Weird("rgba_all_transparent.png"));
        var half = ImageDecoder.Decode(Weird("rgba_half_transparent.png"));

        Assert.All(all.Rgba, value => Assert.Equal(255, value));
        Assert.All(Enumerable.Range(0, half.Height), y => Assert.Equal([255, 255, 255, 255], half.Rgba[(4 * y * half.Width)..(4 * ((y * half.Width) + 1))]));
        Assert.Contains(half.Rgba, value => value < 100);
    }

    [Theory]
    [InlineData("corrupt_empty.jpg", "empty")]
    [InlineData("corrupt_one_byte.jpg", "not a picture")]
    [InlineData("corrupt_soi_only.jpg", "header is damaged or cut off")]
    [InlineData("corrupt_soi_eoi.jpg", "header is damaged or cut off")]
    [InlineData("corrupt_truncated_header.jpg", "header is damaged or cut off")]
    [InlineData("corrupt_leading_garbage.jpg", "not a picture")]
    [InlineData("corrupt_html.jpg", "HTML page")]
    [InlineData("corrupt_json.jpg", "JSON")]
    [InlineData("corrupt_lfs_pointer.jpg", "Git LFS pointer")]
    [InlineData("corrupt_random.jpg", "not a picture")]
    [InlineData("corrupt_eps_as.jpg", "PostScript")]
    [InlineData("corrupt_svg_as.jpg", "SVG")]
    [InlineData("corrupt_heic_stub.jpg", "HEIC is not supported: convert it to JPEG")]
    [InlineData("corrupt_avif_stub.avif", "AVIF is not supported")]
    [InlineData("zero_size.jpg", "size is 0")]
    [InlineData("Thumbs.db", "thumbnail cache")]
    [InlineData("._ok_cat.jpg", "AppleDouble")]
    public void It_is_rejected_by_its_first_bytes(string file, string reason)
    {
        var bytes = Weird(file);

        Assert.Contains(reason, Assert.Throws<ImageException>(() => ImageDecoder.Identify(bytes)).Message);
        Assert.Contains(reason, Assert.Throws<ImageException>(() => ImageDecoder.Decode(bytes)).Message);
    }

    [Theory]
    [InlineData("corrupt_truncated_half.jpg", "truncated")]
    [InlineData("corrupt_truncated.png", "truncated")]
    [InlineData("corrupt_badcrc.png", "damaged")]
    [InlineData("float32.tiff", "32-bit floats")]
    public void Its_header_is_read_and_its_pixels_are_rejected(string file, string reason)
    {
        var bytes = Weird(file);

        Assert.True(ImageDecoder.Identify(bytes).Pixels > 0);
        Assert.Contains(reason, Assert.Throws<ImageException>(() => ImageDecoder.Decode(bytes)).Message);
    }

    [Theory]
    [InlineData("bomb_30000x30000.png", 900_000_000)]
    [InlineData("bomb_header_65500x65500.jpg", 4_290_250_000)]
    [InlineData("size_12000x9000_108mp.jpg", 108_000_000)]
    public void A_bomb_is_refused_before_memory_is_taken_for_it(string file, long pixels)
    {
        var bytes = Weird(file);
        Assert.Equal(pixels, ImageDecoder.Identify(bytes).Pixels);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<ImageException>(() => ImageDecoder.Decode(bytes, 224));

        Assert.Contains("too large", error.Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Theory]
    [InlineData("anim.gif", 2)]
    [InlineData("anim.webp", 2)]
    [InlineData("multipage.tiff", 2)]
    [InlineData("gif_as.jpg", 1)]
    [InlineData("ok_cat.jpg", 1)]
    public void Frames_are_counted(string file, int frames) => Assert.Equal(frames, ImageDecoder.Identify(Weird(file)).FrameCount);

    [Fact]
    public void No_file_of_the_manifest_is_forgotten()
    {
        var listed = File.ReadLines(TestData.Require("weird/MANIFEST.csv")).Skip(1).Select(line => line[..line.IndexOf(',')]).Where(f => !f.EndsWith('/'));
        var tested = typeof(WeirdPhotosTests).GetMethods()
            .SelectMany(m => m.GetCustomAttributes(typeof(InlineDataAttribute), false).Cast<InlineDataAttribute>())
            .SelectMany(a => a.Data).OfType<string>()
            .Concat([new string('a', 200) + ".jpg", "rgba_half_transparent.png"]).ToHashSet();

        Assert.DoesNotContain(listed, file => !tested.Contains(file));
    }

    private static void AssertLooksLike(string file, string control, bool sameSize, double tolerance)
    {
        var expected = ImageDecoder.Decode(Weird(control));
        var image = ImageDecoder.Decode(Weird(file));

        if (sameSize) Assert.Equal((expected.Width, expected.Height), (image.Width, image.Height));
        Assert.InRange(Pictures.Difference(Pictures.Small(image), Pictures.Small(expected)), 0, tolerance);
    }

    private static byte[] Weird(string file) => File.ReadAllBytes(TestData.Require($"weird/{file}"));
}
