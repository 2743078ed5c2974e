using CatDog.Data.Datasets;
using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Datasets;

/// <summary>How splits are written in URLs, JSON and files: <c>train</c>, <c>val</c>, <c>test</c>.</summary>
internal static class SplitName
{
    public static string? From(Split? split) => split switch
    {
        Split.Train => "train",
        Split.Val => "val",
        Split.Test => "test",
        _ => null,
    };

    /// <exception cref="UserException">400: it is none of them.</exception>
    public static Split Parse(string name) => name.ToLowerInvariant() switch
    {
        "train" => Split.Train,
        "val" => Split.Val,
        "test" => Split.Test,
        _ => throw new UserException($"'{name}' is not a split. Use train, val or test.", field: "split"),
    };
}
