namespace CatDog.Training.Images;

/// <summary>Which kind of picture bytes are, told by their first bytes and never by a file's name.</summary>
internal enum ImageFormat
{
    Jpeg,
    Png,
    Gif,
    Bmp,
    Webp,
    Ico,
    Tiff,
}

internal static class ImageFormats
{
    public static string MediaType(this ImageFormat format) => format switch
    {
        ImageFormat.Jpeg => "image/jpeg",
        ImageFormat.Png => "image/png",
        ImageFormat.Gif => "image/gif",
        ImageFormat.Bmp => "image/bmp",
        ImageFormat.Webp => "image/webp",
        ImageFormat.Ico => "image/x-icon",
        _ => "image/tiff",
    };

    /// <exception cref="ImageException">It is none that can be decoded; the message says what it is instead, where that can be told.</exception>
    public static ImageFormat Sniff(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8])) return ImageFormat.Jpeg;
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x89, .. "PNG\r\n\u001a\n"u8])) return ImageFormat.Png;
        if (bytes.StartsWith("GIF87a"u8) || bytes.StartsWith("GIF89a"u8)) return ImageFormat.Gif;
        if (bytes.StartsWith("RIFF"u8) && bytes.Length >= 12 && bytes[8..12].SequenceEqual("WEBP"u8)) return ImageFormat.Webp;
        if (bytes.StartsWith("II*\0"u8) || bytes.StartsWith("MM\0*"u8)) return ImageFormat.Tiff;
        if (bytes.StartsWith("BM"u8) && bytes.Length >= 26) return ImageFormat.Bmp;
        if (bytes.StartsWith("\0\0\u0001\0"u8) && bytes.Length >= 22) return ImageFormat.Ico;
        throw new ImageException(WhatItIsInstead(bytes));
    }

    private static string WhatItIsInstead(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return "The file is empty.";
        if (bytes.Length >= 12 && bytes[4..8].SequenceEqual("ftyp"u8)) return WhatTheContainerHolds(bytes[8..12]);
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0x00, 0x05, 0x16, 0x07]) || bytes.StartsWith((ReadOnlySpan<byte>)[0x00, 0x05, 0x16, 0x00]))
            return "This is a macOS AppleDouble side file, not a picture.";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])) return "This is a Windows thumbnail cache or an Office file, not a picture.";
        if (bytes.StartsWith("%!PS"u8) || bytes.StartsWith("%PDF"u8)) return "This is a PostScript or PDF document, not a picture: export it as JPEG or PNG.";
        if (bytes.StartsWith("PK\u0003\u0004"u8)) return "This is a zip archive, not a picture.";
        if (bytes.StartsWith("8BPS"u8)) return "Photoshop files are not supported: export it as JPEG or PNG.";
        if (bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A]) || bytes.StartsWith("\0\0\0\u000cJXL "u8)) return "JPEG XL is not supported: convert it to JPEG.";
        if (bytes.StartsWith("\0\0\0\u000cjP"u8)) return "JPEG 2000 is not supported: convert it to JPEG.";
        if (bytes.StartsWith("version https://git-lfs"u8)) return "This is a Git LFS pointer, not the picture: run 'git lfs pull' where it came from.";
        return WhatTheTextIs(bytes) ?? "This is not a picture in a format that can be read (JPEG, PNG, WebP, GIF, BMP, ICO or TIFF).";
    }

    private static string WhatTheContainerHolds(ReadOnlySpan<byte> brand) =>
        brand.StartsWith("avi"u8) ? "AVIF is not supported: convert it to JPEG."
        : brand.StartsWith("he"u8) || brand.StartsWith("mi"u8) || brand.StartsWith("ms"u8) ? "HEIC is not supported: convert it to JPEG."
        : "This is a video or another media file, not a picture.";

    private static string? WhatTheTextIs(ReadOnlySpan<byte> bytes)
    {
        var text = System.Text.Encoding.Latin1.GetString(bytes[..Math.Min(bytes.Length, 1024)]).TrimStart('ï', '»', '¿', ' ', '\t', '\r', '\n');
        if (text.StartsWith('{') || text.StartsWith('[')) return "This is JSON, not a picture.";
        if (!text.StartsWith('<')) return null;
        if (text.Contains("<svg", StringComparison.OrdinalIgnoreCase)) return "SVG drawings are not supported: export it as JPEG or PNG.";
        return text.Contains("<html", StringComparison.OrdinalIgnoreCase) || text.Contains("<!doctype html", StringComparison.OrdinalIgnoreCase)
            ? "This is an HTML page, not a picture."
            : "This is an XML file, not a picture.";
    }
}
