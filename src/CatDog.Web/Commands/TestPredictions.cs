using CatDog.Training;

namespace CatDog.Web.Commands;

/// <summary>Predicts a finished run's test split into its folder.</summary>
internal static class TestPredictions
{
    public static void Write(RunFolder folder)
    {
        var plan = TrainingPlan.Load(folder.Path);
        var rows = plan.Rows.Where(row => row.Split == "test").ToList();
        if (rows.Count == 0) return;
        using var predictor = Predictor.Load(folder.Model, plan.Hyperparameters.Device);
        var photos = rows.Select(row => new LabelledPhoto(row.Id, row.Path, row.Path, row.Label)).ToList();
        PredictionsOutput.Write(Path.Combine(folder.Path, "predictions.csv"), PredictionsFormat.Full, predictor, photos);
    }
}
