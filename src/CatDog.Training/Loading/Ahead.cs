namespace CatDog.Training.Loading;

/// <summary>Makes things on worker threads before they are asked for, and hands them out in order.</summary>
internal static class Ahead
{
    /// <param name="count">How many things there are.</param>
    /// <param name="make">Makes the one of a number; called from several threads.</param>
    /// <param name="capacity">How many may be made or in the making beyond the one that is in use.</param>
    /// <param name="workers">How many threads.</param>
    public static IEnumerable<T> InOrder<T>(int count, Func<int, T> make, int capacity, int workers)
    {
        var gate = new object();
        var ready = new Dictionary<int, T>();
        int next = 0, taken = 0;
        Exception? failure = null;
        var stopped = false;
        var threads = Enumerable.Range(0, Math.Min(workers, count)).Select(_ => new Thread(Work) { IsBackground = true, Name = "photos" }).ToList();
        threads.ForEach(thread => thread.Start());
        try
        {
            for (var i = 0; i < count; i++)
                yield return Take(i);
        }
        finally
        {
            lock (gate)
            {
                stopped = true;
                Monitor.PulseAll(gate);
            }

            threads.ForEach(thread => thread.Join());
        }

        void Work()
        {
            while (Claim() is { } number)
            {
                try
                {
                    var made = make(number);
                    lock (gate)
                    {
                        ready[number] = made;
                        Monitor.PulseAll(gate);
                    }
                }
                catch (Exception e)
                {
                    lock (gate)
                    {
                        failure ??= e;
                        stopped = true;
                        Monitor.PulseAll(gate);
                    }
                }
            }
        }

        int? Claim()
        {
            lock (gate)
            {
                while (!stopped && next < count && next >= taken + capacity) Monitor.Wait(gate);
                return stopped || next == count ? null : next++;
            }
        }

        T Take(int number)
        {
            lock (gate)
            {
                taken = number;
                Monitor.PulseAll(gate);
                while (!ready.ContainsKey(number))
                {
                    if (failure is not null) throw new InvalidOperationException($"Loading photos failed: {failure.Message}", failure);
                    Monitor.Wait(gate);
                }

                ready.Remove(number, out var made);
                return made!;
            }
        }
    }
}
