using System.Globalization;
using CatDog.Data.Datasets;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Predictions;

/// <summary>A query's conditions as SQL, with their values.</summary>
internal sealed class PredictionSelection
{
    private readonly List<object> _values = [];
    private readonly List<string> _conditions = [];

    /// <exception cref="UserException">400: the query will not do.</exception>
    public PredictionSelection(PredictionQuery query, IReadOnlyList<LabelClass> classes)
    {
        Order = PredictionOrder.Parse(query.Sort);
        Where($"p.RunId = {Add(query.RunId)}");
        // The plus keeps SQLite from an index that does not have the order.
        if (query.Predicted is not null) Where($"+p.PredictedClassId = {Add(ClassId(query.Predicted, classes, "predicted"))}");
        if (query.Split == PredictionQuery.None) Where("p.Split IS NULL");
        else if (query.Split is not null) Where($"p.Split = {Add((int)SplitName.Parse(query.Split))}");
        if (query.Label == PredictionQuery.None) Where("s.LabelClassId IS NULL");
        else if (query.Label is not null) Where($"s.LabelClassId = {Add(ClassId(query.Label, classes, "label"))}");
        if (query.Correct is not null) Where(Correctness(query.Correct));
    }

    public PredictionOrder Order { get; }

    public object[] Values => [.. _values];

    public string Conditions => string.Join(" AND ", _conditions);

    /// <summary>Keeps a value for the command.</summary>
    /// <returns>How the SQL refers to it.</returns>
    public string Add(object value)
    {
        _values.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"{{{_values.Count - 1}}}");
    }

    public void Where(string condition) => _conditions.Add(condition);

    private static string Correctness(string correct) => correct.ToLowerInvariant() switch
    {
        "true" => "s.LabelClassId = p.PredictedClassId",
        "false" => "s.LabelClassId <> p.PredictedClassId",
        _ => throw new UserException($"'{correct}' is neither true nor false.", field: "correct"),
    };

    private static long ClassId(string name, IReadOnlyList<LabelClass> classes, string field) =>
        classes.FirstOrDefault(c => c.Name.Equals(name, StringComparison.OrdinalIgnoreCase))?.Id
        ?? throw new UserException($"'{name}' is not a class of this data set. Its classes: {string.Join(", ", classes.Select(c => c.Name))}.", field: field);
}
