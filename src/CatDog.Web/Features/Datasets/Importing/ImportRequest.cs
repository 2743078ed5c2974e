using System.Text.Json;
using System.Text.Json.Serialization;

namespace CatDog.Web.Features.Datasets.Importing;

/// <summary>What an import is asked to do.</summary>
/// <param name="Source">A folder, a .zip, or a .csv of file names and labels.</param>
/// <param name="Labels"><c>folder</c>, <c>filename</c>, <c>csv</c>, <c>none</c>; null to look at the source and decide.</param>
/// <param name="Csv">A CSV of file names and labels for a folder or zip.</param>
/// <param name="Images">The folder that the names in a .csv source refer to.</param>
public sealed record ImportRequest(string? Source, string? Labels = null, string? Csv = null, string? Images = null)
{
    /// <summary>The source is an upload: its bytes are copied, and it is removed afterwards.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsUpload { get; init; }

    internal string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    internal static ImportRequest FromJson(string json) => JsonSerializer.Deserialize<ImportRequest>(json, JsonSerializerOptions.Web)!;
}

/// <summary>An import as a program asks for it over HTTP; see <see cref="ImportRequest"/>.</summary>
internal sealed record NewImport(string? Source, string? Labels, string? Csv, string? Images)
{
    public ImportRequest ToRequest() => new(Source, Labels, Csv, Images);
}
