namespace CatDog.Training;

/// <summary>Something a person can put right: the message says what is wrong and what to do.</summary>
public sealed class TrainingException(string message, Exception? inner = null) : Exception(message, inner);
