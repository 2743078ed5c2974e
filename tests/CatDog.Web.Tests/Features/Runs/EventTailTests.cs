using CatDog.Web.Features.Runs;

namespace CatDog.Web.Tests.Features.Runs;

public sealed class EventTailTests : IDisposable
{
    private readonly string _path = Path.GetTempFileName();

    [Fact]
    public void Half_a_line_waits_for_its_rest()
    {
        var tail = new EventTail(_path);
        var line = TestRuns.Line(TestRuns.Batch(2, 1, 1));
        File.AppendAllText(_path, TestRuns.Line(TestRuns.Started(1)) + line[..20]);

        Assert.Equal([1L], tail.ReadNew().Select(e => e.Sequence));
        Assert.Empty(tail.ReadNew());
        File.AppendAllText(_path, line[20..]);
        Assert.Equal([2L], tail.ReadNew().Select(e => e.Sequence));
    }

    [Fact]
    public void A_broken_line_does_not_hide_the_lines_around_it()
    {
        File.AppendAllText(_path, TestRuns.Line(TestRuns.Started(1)) + "{\"event\":\"bat\n" + TestRuns.Line(TestRuns.Batch(2, 1, 1)));

        Assert.Equal([1L, 2L], new EventTail(_path).ReadNew().Select(e => e.Sequence));
    }

    [Fact]
    public void A_file_that_is_not_there_yet_says_nothing() => Assert.Empty(new EventTail(_path + ".none").ReadNew());

    public void Dispose() => File.Delete(_path);
}
