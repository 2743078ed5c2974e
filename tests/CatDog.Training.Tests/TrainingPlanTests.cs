namespace CatDog.Training.Tests;

public sealed class TrainingPlanTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("catdog-test-").FullName;

    [Fact]
    public void A_saved_plan_reads_back_the_same()
    {
        var plan = Plan();

        plan.Save(_folder);
        var loaded = TrainingPlan.Load(_folder);

        Assert.Equal(plan.Rows, loaded.Rows);
        Assert.Equal(plan.Hyperparameters, loaded.Hyperparameters);
        Assert.Equal(plan.ClassNames, loaded.ClassNames);
        Assert.NotEmpty(loaded.RowsHash);
    }

    [Fact]
    public void A_plan_whose_rows_were_changed_is_refused()
    {
        Plan().Save(_folder);
        var path = Path.Combine(_folder, TrainingPlan.FileName);
        File.WriteAllText(path, File.ReadAllText(path).Replace("\"cat\",\n      \"split\": \"train\"", "\"dog\",\n      \"split\": \"train\""));

        var error = Assert.Throws<TrainingException>(() => TrainingPlan.Load(_folder));

        Assert.Contains("changed", error.Message);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static TrainingPlan Plan() => new()
    {
        Hyperparameters = new() { Epochs = 3 },
        ClassNames = ["cat", "dog"],
        Rows = [new(1, "/photos/a.jpg", "aa", "cat", "train"), new(2, "/photos/b.jpg", null, null, "test")],
    };
}
