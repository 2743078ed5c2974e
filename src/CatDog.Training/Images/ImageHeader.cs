namespace CatDog.Training.Images;

/// <summary>What a picture's header says, read without decoding a pixel.</summary>
/// <param name="MediaType">By content, whatever the file is called; such as <c>image/jpeg</c>.</param>
/// <param name="Width">In pixels, after the orientation is applied.</param>
/// <param name="Height">In pixels, after the orientation is applied.</param>
/// <param name="Orientation">How the stored pixels lie; <see cref="ImageDecoder.Decode"/> has applied it already.</param>
/// <param name="FrameCount">Frames of an animation or pages of a document; only the first is ever decoded.</param>
public sealed record ImageHeader(string MediaType, int Width, int Height, ImageOrientation Orientation, int FrameCount)
{
    /// <summary>In whole pixels.</summary>
    public long Pixels => (long)Width * Height;
}
