namespace CatDog.Training.Images;

/// <summary>Why bytes are not a usable picture; the message is one sentence for a person.</summary>
public sealed class ImageException(string message, Exception? inner = null) : Exception(message, inner);
