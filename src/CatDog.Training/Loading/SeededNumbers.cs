namespace CatDog.Training.Loading;

/// <summary>Random numbers that depend on nothing but their seeds, on any machine and runtime (SplitMix64).</summary>
internal struct SeededNumbers(params ReadOnlySpan<long> seeds)
{
    private ulong _state = Mix(seeds);

    public ulong Next() => Finish(_state += 0x9E3779B97F4A7C15);

    /// <summary>0, 1, … count − 1 in a random order.</summary>
    public int[] Shuffle(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (var i = count - 1; i > 0; i--)
        {
            var j = (int)(Next() % (ulong)(i + 1));
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    private static ulong Mix(ReadOnlySpan<long> seeds)
    {
        var state = 0UL;
        foreach (var seed in seeds) state = Finish(state + 0x9E3779B97F4A7C15 + (ulong)seed);
        return state;
    }

    private static ulong Finish(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
