using System.Globalization;
using System.Text.Json.Serialization;
using CatDog.Web.Hosting;

namespace CatDog.Web.Features.Labeling;

internal static class LabelingEndpoints
{
    public static void MapLabelingEndpoints(this IEndpointRouteBuilder routes)
    {
        var samples = routes.MapGroup("/api/datasets/{id:long}").WithTags("Samples");
        samples.MapGet("/samples", PageAsync);
        samples.MapGet("/samples/sequence", SequenceAsync);
        samples.MapGet("/samples/by-id", (long id, string ids, SampleService service, CancellationToken cancellation) => service.FindAsync(id, ParseIds(ids), cancellation));
        samples.MapPost("/labels", SetManyAsync);

        var labels = routes.MapGroup("/api").WithTags("Labels");
        labels.MapPut("/samples/{id:long}/label", (long id, NewLabel label, LabelService service, CancellationToken cancellation) =>
            service.SetAsync(id, label.Label, label.Version, cancellation: cancellation));
        labels.MapGet("/samples/{id:long}/labels", (long id, LabelService service, CancellationToken cancellation) => service.HistoryAsync(id, cancellation));
        labels.MapPost("/labels/undo", (UndoRequest undo, LabelService service, CancellationToken cancellation) => service.UndoAsync(undo.ActionId, cancellation));
    }

    private static Task<SamplePage> PageAsync(
        long id, string? label, string? split, string? q, string? sort, string? after, SampleService service, int take = 100, CancellationToken cancellation = default) =>
        service.PageAsync(SampleQuery.Of(id, label, split, q, sort), after, take, cancellation);

    private static Task<SampleSequence> SequenceAsync(
        long id, string? label, string? split, string? q, string? sort, string? after, SampleService service, int take = SampleService.MaxSequence, CancellationToken cancellation = default) =>
        service.SequenceAsync(SampleQuery.Of(id, label, split, q, sort), after, take, cancellation);

    private static Task<BulkLabelChange> SetManyAsync(long id, NewLabels labels, LabelService service, CancellationToken cancellation) => (labels.Ids, labels.Query) switch
    {
        ({ } ids, null) => service.SetManyAsync(id, ids, labels.Label, cancellation: cancellation),
        (null, { } query) => service.SetManyAsync(SampleQuery.Of(id, query.Label, query.Split, query.Q, null), labels.Label, cancellation: cancellation),
        _ => throw new UserException("Say which samples: either 'ids', or a 'query' with label, split and q.", field: "ids"),
    };

    private static List<long> ParseIds(string ids)
    {
        try
        {
            return [.. ids.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(id => long.Parse(id, CultureInfo.InvariantCulture))];
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new UserException("'ids' are numbers with commas between them.", e, field: "ids");
        }
    }
}

/// <param name="Label">Must be there, even to clear a label with null: a misspelt name must not clear it.</param>
internal sealed record NewLabel([property: JsonRequired] string? Label, int? Version = null);

/// <param name="Label">Must be there, even to clear labels with null.</param>
internal sealed record NewLabels([property: JsonRequired] string? Label, IReadOnlyList<long>? Ids = null, NewLabelsQuery? Query = null);

internal sealed record NewLabelsQuery(string? Label, string? Split, string? Q);

internal sealed record UndoRequest([property: JsonRequired] Guid ActionId);
