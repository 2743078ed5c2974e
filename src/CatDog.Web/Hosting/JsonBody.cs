using System.Text.Json;
using System.Text.Json.Serialization;

namespace CatDog.Web.Hosting;

/// <summary>Reads a request's JSON so that a value of the wrong kind is answered with the name of its field.</summary>
internal static class JsonBody
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false) },
    };

    /// <exception cref="UserException">400: it is no JSON object, or a field has a value of the wrong kind.</exception>
    public static async Task<T> ReadAsync<T>(HttpRequest request, CancellationToken cancellation)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(request.Body, Options, cancellation)
                ?? throw new UserException("The body must be a JSON object.");
        }
        catch (JsonException e)
        {
            var field = e.Path?.TrimStart('$', '.') is { Length: > 0 } path && !path.Contains('[') ? path : null;
            throw new UserException(field is null ? "The body must be a JSON object." : $"The value of '{field}' is not of the right kind.", e, field: field);
        }
    }
}
