using Bunit;
using CatDog.Training;
using CatDog.Web.Features.Runs;
using MudBlazor;
using MudBlazor.Services;

namespace CatDog.Web.Tests.Features.Runs;

/// <summary>What the charts of a run are given to draw.</summary>
public sealed class RunCurvesTests : BunitContext
{
    private readonly RunTimeline _timeline = new();
    private long _sequence;

    public RunCurvesTests()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
    }

    [Fact]
    public void Losses_are_drawn_in_thousandths_at_the_places_of_their_epochs()
    {
        Batch(1, 5, loss: 0.8, accuracy: 0.5);
        Epoch(1, trainLoss: 0.7, trainAccuracy: 0.6, valLoss: 0.65, valAccuracy: 0.55);
        Epoch(2, trainLoss: 0.4, trainAccuracy: 0.8, valLoss: 0.5, valAccuracy: 0.75);

        var chart = Charts(epochs: 4)[0];

        Assert.Equal(["0", "1", "2", "3", "4"], chart.ChartLabels.Where(l => l != ""));
        Assert.Equal([("0.5", 800.0)], Drawn(chart, 0, 4));
        Assert.Equal([("1", 700.0), ("2", 400.0)], Drawn(chart, 1, 4));
        Assert.Equal([("1", 650.0), ("2", 500.0)], Drawn(chart, 2, 4));
        Assert.Equal(["batches", "train 0.400", "val 0.500"], chart.ChartSeries.Select(s => s.Name));
    }

    [Fact]
    public void Accuracies_are_drawn_in_percent_up_to_a_hundred()
    {
        Epoch(1, trainLoss: 0.7, trainAccuracy: 0.6, valLoss: 0.65, valAccuracy: 0.55);

        var chart = Charts(epochs: 2)[1];

        Assert.Equal([("1", 60.0)], Drawn(chart, 1, 2));
        Assert.Equal([("1", 55.0)], Drawn(chart, 2, 2));
        var options = Assert.IsType<LineChartOptions>(chart.ChartOptions);
        Assert.Equal(100, options.YAxisSuggestedMax);
        Assert.Equal("80 %", options.YAxisToStringFunc!(80));
    }

    [Theory]
    [InlineData(0.003)]
    [InlineData(0.07)]
    [InlineData(0.69)]
    [InlineData(12.5)]
    [InlineData(4000)]
    public void Losses_of_any_size_fill_the_chart(double loss)
    {
        Epoch(1, trainLoss: loss, trainAccuracy: 0.6, valLoss: null, valAccuracy: null);

        var options = Assert.IsType<LineChartOptions>(Charts(epochs: 3)[0].ChartOptions);

        Assert.InRange(loss * 1000 / options.YAxisSuggestedMax!.Value, 0.5, 1);
        Assert.InRange(options.YAxisSuggestedMax.Value / options.YAxisTicks, 2, 5);
    }

    [Fact]
    public void A_wild_batch_or_a_loss_that_is_no_number_leaves_the_other_losses_readable()
    {
        for (var i = 1; i <= 100; i++) Batch(1, i, loss: i == 50 ? 900 : i == 60 ? double.NaN : 0.5, accuracy: 0.5, batches: 100);

        var chart = Charts(epochs: 1)[0];

        var top = Assert.IsType<LineChartOptions>(chart.ChartOptions).YAxisSuggestedMax!.Value;
        Assert.InRange(top, 500, 1000);
        Assert.All(Drawn(chart, 0, 1), point => Assert.InRange(point.Value, 500, top));
        Assert.Equal(99, Drawn(chart, 0, 1).Count);
    }

    [Fact]
    public void A_long_run_is_drawn_with_at_most_three_hundred_points()
    {
        for (var epoch = 1; epoch <= 20; epoch++)
        {
            for (var batch = 1; batch <= 200; batch++) Batch(epoch, batch, loss: 0.5, accuracy: 0.5, batches: 200);
        }

        var drawn = Drawn(Charts(epochs: 20)[0], 0, 20);

        Assert.InRange(drawn.Count, 100, 300);
        Assert.InRange(_timeline.Batches.Count, 100, 300);
    }

    [Fact]
    public void A_screen_reader_hears_the_latest_values()
    {
        Epoch(1, trainLoss: 0.7, trainAccuracy: 0.6, valLoss: 0.65, valAccuracy: 0.55);

        var curves = Render<RunCurves>(p => p.Add(x => x.Timeline, _timeline).Add(x => x.Epochs, 2));

        var said = curves.FindAll("[role=img]").Select(e => e.GetAttribute("aria-label")!).ToList();
        Assert.StartsWith("Loss: train 0.700, val 0.650 after epoch 1.", said[0]);
        Assert.StartsWith("Accuracy: train 60.0 %, val 55.0 % after epoch 1.", said[1]);
    }

    private List<MudChart<double>> Charts(int epochs) =>
        [.. Render<RunCurves>(p => p.Add(x => x.Timeline, _timeline).Add(x => x.Epochs, epochs)).FindComponents<MudChart<double>>().Select(c => c.Instance)];

    /// <summary>The points of a curve, each with the epochs done at its place.</summary>
    private static List<(string At, double Value)> Drawn(MudChart<double> chart, int series, int epochs)
    {
        var points = chart.ChartSeries[series].Data.Points;
        return [.. points.Index().Where(p => p.Item.HasValue).Select(p => (
            ((double)p.Index * epochs / (points.Count - 1)).ToString("0.##", System.Globalization.CultureInfo.InvariantCulture), Math.Round(p.Item.Y, 6)))];
    }

    private void Batch(int epoch, int batch, double loss, double accuracy, int batches = 10) =>
        _timeline.Apply(new BatchFinished { Sequence = ++_sequence, Epoch = epoch, Batch = batch, Batches = batches, Loss = loss, Accuracy = accuracy });

    private void Epoch(int epoch, double trainLoss, double trainAccuracy, double? valLoss, double? valAccuracy) =>
        _timeline.Apply(new EpochFinished
        {
            Sequence = ++_sequence,
            Epoch = epoch,
            TrainLoss = trainLoss,
            TrainAccuracy = trainAccuracy,
            ValLoss = valLoss,
            ValAccuracy = valAccuracy,
        });
}
