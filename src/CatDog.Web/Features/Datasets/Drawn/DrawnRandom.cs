namespace CatDog.Web.Features.Datasets.Drawn;

/// <summary>SplitMix64: the same numbers from the same seed on every machine and in every version of .NET, which System.Random does not promise.</summary>
internal sealed class DrawnRandom(ulong seed)
{
    private ulong _state = seed;

    public bool Chance(double probability) => Unit() < probability;

    public float Between(double low, double high) => (float)(low + ((high - low) * Unit()));

    public int Below(int count) => (int)(Next() % (ulong)count);

    public T Pick<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];

    /// <summary>−1 or 1.</summary>
    public int Side() => Chance(0.5) ? 1 : -1;

    private double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    private ulong Next()
    {
        var z = _state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
