using CatDog.Training;
using CatDog.Training.Images;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;

namespace CatDog.Web.Hosting;

/// <summary>Answers the exceptions that are meant for people as RFC 9457 problem details.</summary>
internal sealed class UserExceptionHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception exception, CancellationToken cancellation)
    {
        var (status, field) = exception switch
        {
            UserException e => (e.Status, e.Field),
            BadHttpRequestException e => (e.StatusCode, null),
            TrainingException or ImageException => (StatusCodes.Status400BadRequest, null),
            _ => (0, null),
        };
        if (status == 0) return false;

        var problem = field is null
            ? new ProblemDetails()
            : new HttpValidationProblemDetails(new Dictionary<string, string[]> { [field] = [exception.Message] });
        problem.Status = status;
        problem.Detail = exception.Message;
        if (exception is UserException user)
            foreach (var (name, value) in user.Details) problem.Extensions[name] = value;
        context.Response.StatusCode = status;
        return await problems.TryWriteAsync(new() { HttpContext = context, ProblemDetails = problem, Exception = exception });
    }
}
