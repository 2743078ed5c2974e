using System.Text.Json;
using CatDog.Data.Datasets;
using CatDog.Web.Features.Datasets;

namespace CatDog.Web.Features.Predictions;

/// <summary>A prediction with its sample, as the database has them.</summary>
internal sealed record PredictionRecord(
    long Id,
    long SampleId,
    string FileName,
    string Path,
    string Sha256,
    long? LabelClassId,
    int LabelVersion,
    long PredictedClassId,
    double Confidence,
    string Probabilities,
    Split? Split)
{
    public const string Columns =
        "p.Id, p.SampleId, s.FileName, s.Path, s.Sha256, s.LabelClassId, s.LabelVersion, p.PredictedClassId, p.Confidence, p.Probabilities, p.Split";

    /// <summary>CROSS JOIN keeps SQLite from starting at the samples, where no index knows the order.</summary>
    public const string Tables = "Predictions p CROSS JOIN Samples s ON s.Id = p.SampleId";

    public ReviewRow ToRow(IReadOnlyList<LabelClass> classes)
    {
        var probabilities = JsonSerializer.Deserialize<double[]>(Probabilities)!;
        return new(
            SampleId, FileName, Path, Name(LabelClassId), Name(PredictedClassId)!, LabelClassId is null ? null : LabelClassId == PredictedClassId, Confidence,
            new OrderedDictionary<string, double>(classes.Zip(probabilities, (c, p) => KeyValuePair.Create(c.Name, p))), SplitName.From(Split), LabelVersion)
        { Sha256 = Sha256 };

        string? Name(long? id) => id is null ? null : classes.First(c => c.Id == id).Name;
    }
}
