namespace CatDog.Training.Images;

/// <summary>EXIF's orientation: where the stored picture's first row and first column are when it is seen upright.</summary>
public enum ImageOrientation
{
    /// <summary>Upright as it is stored.</summary>
    TopLeft = 1,

    /// <summary>Mirrored.</summary>
    TopRight = 2,

    /// <summary>Upside down.</summary>
    BottomRight = 3,

    /// <summary>Upside down and mirrored.</summary>
    BottomLeft = 4,

    /// <summary>Rows and columns exchanged.</summary>
    LeftTop = 5,

    /// <summary>To be turned a quarter clockwise.</summary>
    RightTop = 6,

    /// <summary>Rows and columns exchanged along the other diagonal.</summary>
    RightBottom = 7,

    /// <summary>To be turned a quarter anticlockwise.</summary>
    LeftBottom = 8,
}

internal static class ImageOrientations
{
    /// <summary>An illegal number counts as upright.</summary>
    public static ImageOrientation FromNumber(int number) => number is >= 1 and <= 8 ? (ImageOrientation)number : ImageOrientation.TopLeft;

    public static bool SwapsSides(this ImageOrientation orientation) => orientation >= ImageOrientation.LeftTop;
}
