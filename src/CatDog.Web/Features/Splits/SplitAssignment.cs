using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CatDog.Data.Datasets;

namespace CatDog.Web.Features.Splits;

/// <summary>What the assignment needs to know of a sample.</summary>
internal sealed record SplitCandidate(long Id, string Sha256, long? DuplicateGroup, long? LabelClassId, Split? Split, bool Locked);

/// <summary>
/// Decides which sample goes to which split. It depends on the seed and the samples' bytes, labels and locks alone: neither on
/// ids nor on the order of import.
/// </summary>
internal static class SplitAssignment
{
    /// <returns>The split of each candidate, in their order.</returns>
    public static Split?[] Assign(IReadOnlyList<SplitCandidate> candidates, SplitSettings settings)
    {
        var fractions = settings.Fractions();
        var splits = new Split?[candidates.Count];
        foreach (var stratum in Units(candidates, settings).GroupBy(u => settings.Stratify ? u.LabelClassId : 0))
        {
            foreach (var (unit, split) in Fill([.. stratum], fractions))
            {
                foreach (var member in unit.Members) splits[member] = split;
            }
        }

        for (var i = 0; i < candidates.Count; i++)
        {
            if (candidates[i].Locked) splits[i] = candidates[i].Split;
            else if (candidates[i].LabelClassId is null) splits[i] = settings.IncludeUnlabeled ? splits[i] ?? Split.Test : null;
        }

        return splits;
    }

    /// <summary>Locked units first, since they use up their share; then groups, which are hard to fit; then single samples fill the rest exactly.</summary>
    private static IEnumerable<(Unit Unit, Split Split)> Fill(IReadOnlyList<Unit> units, double[] fractions)
    {
        var target = Apportion(units.Sum(u => u.Size), fractions);
        foreach (var unit in units.Where(u => u.Fixed is not null)) target[(int)unit.Fixed!.Value] -= unit.Size;

        var free = units.Where(u => u.Fixed is null).ToList();
        var room = Apportion(free.Sum(u => u.Size), [.. target.Select(t => (double)Math.Max(0, t))]);
        foreach (var unit in free.OrderByDescending(u => u.Size).ThenBy(u => u.Draw).ThenBy(u => u.Key, StringComparer.Ordinal))
        {
            var split = unit.Size == 1 ? FirstWithRoom(room) : Draw(room, unit);
            room[(int)split] -= unit.Size;
            yield return (unit, split);
        }

        foreach (var unit in units.Where(u => u.Fixed is not null)) yield return (unit, unit.Fixed!.Value);
    }

    private static Split FirstWithRoom(int[] room)
    {
        var index = Array.FindIndex(room, r => r > 0);
        return index < 0 ? Split.Train : (Split)index;
    }

    /// <summary>In proportion to the room that is left, among the splits the whole group fits in; the roomiest where it fits in none.</summary>
    private static Split Draw(int[] room, Unit unit)
    {
        var fitting = room.Sum(r => r >= unit.Size ? (long)r : 0);
        if (fitting == 0) return (Split)Array.IndexOf(room, room.Max());
        var point = (long)(unit.Draw % (ulong)fitting);
        for (var i = 0; ; i++)
        {
            if (room[i] < unit.Size) continue;
            if (point < room[i]) return (Split)i;
            point -= room[i];
        }
    }

    /// <summary>Whole numbers in proportion to the weights that add up to the total (largest remainder).</summary>
    private static int[] Apportion(int total, double[] weights)
    {
        var sum = weights.Sum();
        if (sum <= 0) return [total, 0, 0];
        var exact = weights.Select(w => total * w / sum).ToArray();
        var whole = exact.Select(e => (int)Math.Floor(e + 1e-9)).ToArray();
        foreach (var i in Enumerable.Range(0, exact.Length).OrderByDescending(i => exact[i] - whole[i]).Take(total - whole.Sum()).ToList()) whole[i]++;
        return whole;
    }

    private static IEnumerable<Unit> Units(IReadOnlyList<SplitCandidate> candidates, SplitSettings settings)
    {
        var groups = Enumerable.Range(0, candidates.Count).GroupBy(i =>
            settings.KeepDuplicatesTogether && candidates[i].DuplicateGroup is { } group ? group : -1L - i);
        foreach (var group in groups)
        {
            var members = group.OrderBy(i => candidates[i].Sha256, StringComparer.Ordinal).ToList();
            var labeled = members.Where(i => candidates[i].LabelClassId is not null).ToList();
            if (labeled.Count == 0) continue;
            var key = candidates[members[0]].Sha256;
            yield return new(members, labeled.Count, candidates[labeled[0]].LabelClassId!.Value, key, Hash(settings.Seed, key), FixedSplit(members, candidates));
        }
    }

    /// <summary>A locked picture draws those that look like it to its split.</summary>
    private static Split? FixedSplit(List<int> members, IReadOnlyList<SplitCandidate> candidates) =>
        members.Where(i => candidates[i].Locked).Select(i => candidates[i].Split).FirstOrDefault(s => s is not null);

    private static ulong Hash(int seed, string key) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}:{key}"))));

    /// <summary>Samples that must go to the same split: one, or a group of near-duplicates.</summary>
    /// <param name="Members">Indices of the candidates.</param>
    /// <param name="Size">How many of them are labelled and so count toward the shares.</param>
    private sealed record Unit(List<int> Members, int Size, long LabelClassId, string Key, ulong Draw, Split? Fixed);
}
