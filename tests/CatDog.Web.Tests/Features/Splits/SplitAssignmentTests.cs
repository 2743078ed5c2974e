using System.Security.Cryptography;
using System.Text;
using CatDog.Data.Datasets;
using CatDog.Web.Features.Splits;

namespace CatDog.Web.Tests.Features.Splits;

public sealed class SplitAssignmentTests
{
    [Fact]
    public void The_same_seed_gives_the_same_split_whatever_the_ids_and_the_order()
    {
        var candidates = Candidates(500);
        var shuffled = Enumerable.Reverse(candidates).Select((c, i) => c with { Id = 9000 + i, DuplicateGroup = c.DuplicateGroup + 70 }).ToList();

        Assert.Equal(BySha(candidates, new()), BySha(shuffled, new()));
    }

    [Fact]
    public void Another_seed_gives_another_split()
    {
        var candidates = Candidates(500);

        Assert.NotEqual(BySha(candidates, new(Seed: 1)), BySha(candidates, new(Seed: 2)));
    }

    [Theory]
    [InlineData(70, 15, 15)]
    [InlineData(0.8, 0.1, 0.1)]
    [InlineData(50, 50, 0)]
    public void Each_class_is_split_in_the_shares_to_within_one_sample(double train, double val, double test)
    {
        var candidates = Candidates(1003);

        var splits = SplitAssignment.Assign(candidates, new(train, val, test));

        var scale = train > 1 ? 100 : 1;
        foreach (var label in new long?[] { 1, 2 })
        {
            var members = Enumerable.Range(0, candidates.Count).Where(i => candidates[i].LabelClassId == label).ToList();
            foreach (var (split, share) in new[] { (Split.Train, train), (Split.Val, val), (Split.Test, test) })
                Assert.InRange(Math.Abs(members.Count(i => splits[i] == split) - (members.Count * share / scale)), 0, 1);
        }
    }

    [Fact]
    public void Pictures_that_look_the_same_stay_together()
    {
        var candidates = Candidates(600, groupEvery: 3);

        var splits = SplitAssignment.Assign(candidates, new());

        var groups = Enumerable.Range(0, candidates.Count).Where(i => candidates[i].DuplicateGroup is not null).GroupBy(i => candidates[i].DuplicateGroup).ToList();
        Assert.True(groups.Count > 50);
        Assert.All(groups, g => Assert.Single(g.Select(i => splits[i]).Distinct()));
        Assert.True(groups.Select(g => splits[g.First()]).Distinct().Count() == 3, "Groups must not all go to one split.");
    }

    [Fact]
    public void Locked_samples_stay_and_count_toward_their_share()
    {
        var candidates = Candidates(400).Select((c, i) => i < 20 ? c with { Split = Split.Test, Locked = true } : c).ToList();

        var splits = SplitAssignment.Assign(candidates, new());

        Assert.All(Enumerable.Range(0, 20), i => Assert.Equal(Split.Test, splits[i]));
        Assert.Equal(60, splits.Count(s => s == Split.Test));
    }

    [Fact]
    public void A_share_that_is_overfull_with_locked_samples_leaves_the_rest_to_the_others()
    {
        var candidates = Candidates(100).Select((c, i) => i < 60 ? c with { Split = Split.Val, Locked = true } : c).ToList();

        var splits = SplitAssignment.Assign(candidates, new());

        Assert.Equal(60, splits.Count(s => s == Split.Val));
        Assert.DoesNotContain(null, splits);
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(true, Split.Test)]
    public void Unlabeled_samples_are_in_no_split_or_in_test(bool include, Split? expected)
    {
        var candidates = Candidates(50).Append(new(99, "ff", null, null, Split.Train, false)).ToList();

        Assert.Equal(expected, SplitAssignment.Assign(candidates, new(IncludeUnlabeled: include))[^1]);
    }

    private static List<SplitCandidate> Candidates(int count, int groupEvery = 10) =>
    [
        .. Enumerable.Range(0, count).Select(i => new SplitCandidate(
            i + 1, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"photo {i}"))),
            i % groupEvery == 0 ? 1 + (i / groupEvery / 2) : null, i % 3 == 0 ? 1 : 2, null, false)),
    ];

    private static SortedDictionary<string, Split?> BySha(IReadOnlyList<SplitCandidate> candidates, SplitSettings settings)
    {
        var splits = SplitAssignment.Assign(candidates, settings);
        return new(Enumerable.Range(0, splits.Length).ToDictionary(i => candidates[i].Sha256, i => splits[i]));
    }
}
