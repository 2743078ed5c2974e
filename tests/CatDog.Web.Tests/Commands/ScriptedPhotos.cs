using SkiaSharp;

namespace CatDog.Web.Tests.Commands;

/// <summary>A folder of small photos that anyone can tell apart (cats are red, dogs are blue) and the article's CSV files that name them.</summary>
public sealed class ScriptedPhotos : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("catdog-test-").FullName;

    public ScriptedPhotos()
    {
        Directory.CreateDirectory(Images);
        for (var i = 1; i <= 24; i++) File.WriteAllBytes(Path.Combine(Images, Name(i)), Jpeg(i));
        Csv("train.csv", 1, 16, labelled: true);
        Csv("val.csv", 17, 20, labelled: true);
        Csv("test.csv", 21, 24, labelled: false);
    }

    public string Images => At("photos");

    public string At(string name) => Path.Combine(_root, name);

    /// <summary>What trains a small net on these photos, with a run folder of this name.</summary>
    public string[] Train(string run, int epochs, params string[] more) =>
    [
        "train", "--images", Images, "--train", At("train.csv"), "--val", At("val.csv"), "--test", At("test.csv"), "--out", At(run),
        "--backbone", "small_cnn", "--device", "cpu", "--batch-size", "4", "--learning-rate", "0.025", "--epochs", $"{epochs}", .. more,
    ];

    public static string Name(int number) => $"{Label(number)}.{number}.jpg";

    public static string Label(int number) => number % 2 == 0 ? "cat" : "dog";

    public static byte[] Jpeg(int number)
    {
        var random = new Random(number);
        using var bitmap = new SKBitmap(64, 48);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(Label(number) == "cat" ? new SKColor(230, 40, 30) : new SKColor(30, 40, 230));
        using var paint = new SKPaint { Color = new SKColor(90, 200, 90) };
        canvas.DrawCircle(random.Next(64), random.Next(48), 4, paint);
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        return encoded.ToArray();
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private void Csv(string name, int first, int last, bool labelled) => File.WriteAllLines(
        At(name), ["file_name,label", .. Enumerable.Range(first, last - first + 1).Select(i => $"{Name(i)},{(labelled ? Label(i) : "")}")]);
}
