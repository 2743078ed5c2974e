using CatDog.Training.Loading;
using CatDog.Training.Models;
using SkiaSharp;

namespace CatDog.Training.Tests.Loading;

[Collection(TorchCollection.Name)]
public sealed class LoadingTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Things_come_in_order_and_never_more_ahead_than_allowed(int workers)
    {
        int made = 0, taken = 0, furthest = 0;

        foreach (var number in Ahead.InOrder(200, Make, capacity: 3, workers))
        {
            Assert.Equal(taken, number);
            taken++;
        }

        Assert.Equal(200, taken);
        Assert.InRange(furthest, 1, 4);

        int Make(int number)
        {
            lock (this) furthest = Math.Max(furthest, Interlocked.Increment(ref made) - Volatile.Read(ref taken));
            Thread.Yield();
            return number;
        }
    }

    [Fact]
    public void A_worker_that_fails_fails_the_reader_and_a_reader_that_leaves_ends_the_workers()
    {
        Assert.Throws<InvalidOperationException>(() => Ahead.InOrder<int>(10, n => n == 3 ? throw new InvalidDataException("bad") : n, 2, 2).ToList());
        Assert.Equal([0, 1], Ahead.InOrder(1000, n => n, 2, 2).Take(2));
    }

    [Fact]
    public void Each_epoch_has_an_order_of_its_own_that_is_the_same_when_asked_again()
    {
        var order = new BatchOrder(16, Seed: 5, Shuffle: true, Flip: true);

        var first = order.Batches(50, epoch: 1);

        Assert.Equal([16, 16, 16, 2], first.Select(b => b.Length));
        Assert.Equal(Enumerable.Range(0, 50), first.SelectMany(b => b).Order());
        Assert.Equal(first, order.Batches(50, epoch: 1));
        Assert.NotEqual(first, order.Batches(50, epoch: 2));
        Assert.InRange(Enumerable.Range(0, 1000).Count(sample => order.IsFlipped(1, sample)), 440, 560);
        Assert.Contains(Enumerable.Range(0, 50), sample => order.IsFlipped(1, sample) != order.IsFlipped(2, sample));
    }

    [Fact]
    public void A_photo_is_cut_from_the_middle_of_its_shorter_side_in_planes_and_mirrored_when_asked()
    {
        using var folder = new TemporaryFolder();
        using (var bitmap = new SKBitmap(8, 4))
        {
            for (var x = 0; x < 8; x++)
                for (var y = 0; y < 4; y++) bitmap.SetPixel(x, y, new SKColor((byte)(x * 10), (byte)(y * 10), 255));
            using var file = File.Create(folder.At("a.png"));
            bitmap.Encode(file, SKEncodedImageFormat.Png, 100);
        }

        var loader = new PhotoLoader(new(4, 4, [0.5f, 0, 0], [0.5f, 1, 1]));
        var picture = loader.Load(folder.At("a.png"));
        var numbers = new float[loader.PictureLength];
        loader.Normalize(picture, flip: true, numbers);

        Assert.Equal([20, 30, 40, 50], picture[..4]);
        Assert.Equal([10, 10, 10, 10], picture[20..24]);
        Assert.All(picture[32..], blue => Assert.Equal(255, blue));
        Assert.Equal((50 / 255f - 0.5f) / 0.5f, numbers[0], 6);
        Assert.Equal(10 / 255f, numbers[20], 6);
    }

    [Fact]
    public void The_learning_rate_depends_on_nothing_but_the_place_in_the_run()
    {
        var perEpoch = new Hyperparameters { LearningRate = 1, LearningRateStep = 7, LearningRateGamma = 0.1 };
        var perBatch = perEpoch with { SchedulePerBatch = true };

        Assert.Equal([1, 1, 0.1, 0.01], ((int[])[1, 7, 8, 15]).Select(epoch => Math.Round(LearningRateSchedule.At(perEpoch, epoch, 3, 10), 9)));
        Assert.Equal([1, 0.1, 0.1], ((int[])[7, 8, 10]).Select(batch => Math.Round(LearningRateSchedule.At(perBatch, 1, batch, 10), 9)));
        Assert.Equal(0.01, LearningRateSchedule.At(perBatch, 2, 5, 10), 9);
    }

    [Fact]
    public void Preprocessing_travels_with_a_model()
    {
        Training.Native.TorchLoader.Load();
        using var folder = new TemporaryFolder();
        using var network = Backbone.Create("small_cnn", 2);
        ModelFolder.Save(folder.Path, network, new() { Backbone = "small_cnn", ClassNames = ["cat", "dog"], Preprocessing = new(50, 40, [0, 0, 0], [1, 1, 1]) });

        var description = ModelFolder.ReadDescription(folder.Path);

        Assert.Equal((50, 40), (description.Preprocessing.ResizeShorterSide, description.Preprocessing.Crop));
    }
}
