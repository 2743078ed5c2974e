namespace CatDog.Training.Images;

/// <summary>An upright picture, opaque (transparency flattened onto white), as RGBA bytes, row by row from the top left.</summary>
/// <param name="Width">In pixels.</param>
/// <param name="Height">In pixels.</param>
/// <param name="Rgba">4·Width·Height bytes; alpha is 255 everywhere.</param>
public sealed record DecodedImage(int Width, int Height, byte[] Rgba);
