using CatDog.Training.Scripting;

namespace CatDog.Training.Tests.Scripting;

public sealed class ScriptPlanTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Rows_are_read_by_position_and_found_in_folders_with_or_without_their_extension()
    {
        foreach (var path in (string[])["cats/1.jpg", "dogs/1.jpg", "dogs/2.png", "3.jpg"])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_folder.At(path))!);
            File.WriteAllText(_folder.At(path), "");
        }

        File.WriteAllText(_folder.At("train.csv"), "whatever,these are called\n1.jpg,dog\n1,cat\n2,Dog\n\"gone, long ago.jpg\",cat\n");
        File.WriteAllText(_folder.At("test.csv"), "name\n3.jpg\n");

        var script = ScriptPlan.Make(_folder.Path, [("train", ArticleCsv.Read(_folder.At("train.csv"))), ("test", ArticleCsv.Read(_folder.At("test.csv")))], new());

        Assert.Equal(["cat", "dog"], script.Plan.ClassNames);
        Assert.Equal(
            [
                new(1, _folder.At("dogs", "1.jpg"), null, "dog", "train"),
                new(2, _folder.At("cats", "1.jpg"), null, "cat", "train"),
                new(3, _folder.At("dogs", "2.png"), null, "dog", "train"),
                new PlanRow(5, _folder.At("3.jpg"), null, null, "test"),
            ], script.Plan.Rows);
        Assert.Equal(["gone, long ago.jpg"], script.Missing);
    }

    [Fact]
    public void A_training_row_without_a_label_is_refused_by_name()
    {
        var error = Assert.Throws<TrainingException>(() => ScriptPlan.Make(_folder.Path, [("train", [new("a.jpg", null)])], new()));

        Assert.Contains("'a.jpg' has no label", error.Message);
    }

    public void Dispose() => _folder.Dispose();
}
