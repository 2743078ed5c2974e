using CatDog.Training;
using CatDog.Web.Features.Runs;

namespace CatDog.Web.Tests.Features.Runs;

public sealed class RunTimelineTests
{
    [Fact]
    public void A_resume_voids_the_epochs_and_batches_after_its_checkpoint()
    {
        var timeline = new RunTimeline();
        foreach (var happened in new TrainingEvent[]
        {
            TestRuns.Started(1), TestRuns.Batch(2, 1, 10), TestRuns.Epoch(3, 1), TestRuns.Batch(4, 2, 10), TestRuns.Epoch(5, 2, best: true), TestRuns.Batch(6, 3, 4),
            TestRuns.Started(7, fromEpoch: 1),
        }) timeline.Apply(happened);

        Assert.Equal([1], timeline.Epochs.Select(e => e.Epoch));
        Assert.Equal([1.0], timeline.Batches.Select(b => b.At));
        Assert.Null(timeline.Best);
        Assert.Null(timeline.Batch);
    }

    [Fact]
    public void Many_batches_stay_few_points_that_span_the_whole_run()
    {
        var timeline = new RunTimeline();
        for (var i = 0; i < 10_000; i++) timeline.Apply(TestRuns.Batch(i + 1, 1 + (i / 10), 1 + (i % 10)));

        Assert.InRange(timeline.Batches.Count, 150, 300);
        Assert.True(timeline.Batches[0].At < 4);
        Assert.True(timeline.Batches[^1].At > 985);
        Assert.Equal(timeline.Batches.OrderBy(b => b.At), timeline.Batches);
    }

    [Fact]
    public void An_event_counts_once_and_the_log_keeps_its_last_lines()
    {
        var timeline = new RunTimeline();
        for (var i = 1; i <= 300; i++)
        {
            var logged = new Logged { Sequence = i, Level = "warning", Message = $"remark {i}" };
            timeline.Apply(logged);
            timeline.Apply(logged);
        }

        Assert.Equal(200, timeline.Log.Count);
        Assert.Equal("remark 101", timeline.Log.First().Message);
    }
}
