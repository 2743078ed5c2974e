namespace CatDog.Web.Hosting;

/// <summary>Something a person can put right. Shown as one line on stderr, or as problem details with this status.</summary>
/// <param name="message">What is wrong and what to do.</param>
/// <param name="status">The HTTP status it is answered with.</param>
/// <param name="field">The JSON name of the request's field that is wrong, where it is one.</param>
public sealed class UserException(string message, Exception? inner = null, int status = StatusCodes.Status400BadRequest, string? field = null)
    : Exception(message, inner)
{
    public int Status { get; } = status;

    public string? Field { get; } = field;

    /// <summary>What a program needs to go on, as further members of the problem details.</summary>
    public IDictionary<string, object?> Details { get; } = new Dictionary<string, object?>();

    public static UserException NotFound(string message) => new(message, status: StatusCodes.Status404NotFound);
}
