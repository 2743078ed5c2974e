namespace CatDog.Training.Tests;

/// <summary>Tests that use Torch run one after the other: its random numbers are the whole process's.</summary>
[CollectionDefinition(Name)]
public sealed class TorchCollection
{
    public const string Name = "Torch";
}
