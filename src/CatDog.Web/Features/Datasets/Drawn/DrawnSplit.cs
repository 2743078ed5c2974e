using CatDog.Data.Datasets;

namespace CatDog.Web.Features.Datasets.Drawn;

/// <summary>70 % train, 15 % val, 15 % test of each class.</summary>
internal static class DrawnSplit
{
    public const string Settings = """{"train":70,"val":15,"test":15,"seed":1,"stratify":true,"keepDuplicatesTogether":true}""";

    public static Split[] Assign(IReadOnlyList<string> labels)
    {
        var random = new DrawnRandom(1);
        var splits = new Split[labels.Count];
        foreach (var ofClass in labels.Index().GroupBy(l => l.Item, l => l.Index))
        {
            var shuffled = ofClass.ToArray();
            for (var i = shuffled.Length - 1; i > 0; i--)
            {
                var j = random.Below(i + 1);
                (shuffled[i], shuffled[j]) = (shuffled[j], shuffled[i]);
            }

            foreach (var (place, index) in shuffled.Index())
                splits[index] = place < shuffled.Length * 70 / 100 ? Split.Train : place < shuffled.Length * 85 / 100 ? Split.Val : Split.Test;
        }

        return splits;
    }
}
