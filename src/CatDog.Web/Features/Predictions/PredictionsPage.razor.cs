using System.Globalization;
using CatDog.Data.Datasets;
using CatDog.Web.Components.Shared;
using CatDog.Web.Features.Labeling;
using CatDog.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web.Virtualization;
using Microsoft.JSInterop;

namespace CatDog.Web.Features.Predictions;

public sealed partial class PredictionsPage : LiveComponent
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<long, ReviewRow> _changed = [];
    private readonly HashSet<long> _corrected = [];
    private readonly Stack<(long SampleId, Guid Action)> _decisions = [];
    private ReviewedRun? _run;
    private PredictionCounts? _counts;
    private PassReport? _pass;
    private IReadOnlyList<long>? _order;
    private PredictionQuery? _shown;
    private Virtualize<PlacedRow>? _list;
    private ReviewRow? _large;
    private int _largeIndex;
    private string? _missing;
    private string? _problem;
    private string? _saved;
    private string? _saveState;
    private DotNetObjectReference<PredictionsPage>? _self;
    private IJSObjectReference? _module;
    private IJSObjectReference? _view;

    [Parameter]
    public long Id { get; set; }

    [SupplyParameterFromQuery(Name = "split")]
    public string? SplitText { get; set; }

    [SupplyParameterFromQuery]
    public string? Predicted { get; set; }

    [SupplyParameterFromQuery]
    public string? Label { get; set; }

    [SupplyParameterFromQuery]
    public string? Correct { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [Inject]
    private PredictionService Predictions { get; set; } = null!;

    [Inject]
    private PredictionReview Review { get; set; } = null!;

    [Inject]
    private LabelService Labels { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    private PredictionCounts Figures => _counts!.InSplit(Query.Split);

    /// <summary>What the address says, for the files: they leave out nothing that nobody has left out.</summary>
    private PredictionQuery Chosen => PredictionQuery.Of(Id, SplitText, Predicted, Label, Correct == PredictionUrls.Any ? null : Correct, Sort);

    /// <summary>Where the address says nothing, the surest mistakes come first: those are the likely wrong labels.</summary>
    private PredictionQuery Query
    {
        get
        {
            var query = PredictionQuery.Of(Id, SplitText, Predicted, Label, Correct, Sort ?? "-confidence");
            if (query.Correct == PredictionUrls.Any) return query with { Correct = null };
            var beginning = query is { Correct: null, Predicted: null, Label: null };
            return beginning && _counts?.InSplit(query.Split).Wrong > 0 ? query with { Correct = "false" } : query;
        }
    }

    protected override void OnInitialized() => Every(Beat, BeatAsync);

    protected override async Task OnParametersSetAsync()
    {
        _missing = null;
        try
        {
            if (_run?.Id != Id)
            {
                (_counts, _order, _shown) = (null, null, null);
                _run = await Predictions.GetRunAsync(Id, Disposal);
                _pass = await Predictions.LatestPassAsync(Id, Disposal);
            }

            _counts = await Review.CountAsync(Id, Disposal);
            if (_shown != Query) await ShowAsync();
        }
        catch (UserException e)
        {
            _missing = e.Message;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_order is null || _counts?.Total is null or 0 || _self is not null) return;
        _self = DotNetObjectReference.Create(this);
        _module = await Js.InvokeAsync<IJSObjectReference>("import", "./" + Assets["Features/Predictions/PredictionsPage.razor.js"]);
        _view = await _module.InvokeAsync<IJSObjectReference>("start", _self, _run!.Classes);
    }

    protected override async ValueTask DisposeCoreAsync()
    {
        try
        {
            if (_view is not null) await _view.InvokeVoidAsync("dispose");
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the view with it.
        }

        _self?.Dispose();
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A corrected photo stays where it is until the filter is applied again.</summary>
    private async Task ShowAsync()
    {
        var query = Query;
        (_saved, _saveState) = (null, null);
        _changed.Clear();
        _corrected.Clear();
        _order = await Review.OrderAsync(query, Disposal);
        _shown = query;
        if (_list is not null) await _list.RefreshDataAsync();
    }

    private async ValueTask<ItemsProviderResult<PlacedRow>> ReadAsync(ItemsProviderRequest request)
    {
        var order = _order ?? [];
        var ids = order.Skip(request.StartIndex).Take(request.Count).ToList();
        var rows = (await Review.FindAsync(Id, ids, request.CancellationToken)).ToDictionary(r => r.SampleId);
        // A photo that was deleted meanwhile leaves its place to the next that is there.
        return new([.. ids.Index().Where(i => rows.ContainsKey(i.Item)).Select(i => new PlacedRow(request.StartIndex + i.Index, rows[i.Item]))], order.Count);
    }

    private ReviewRow RowOf(ReviewRow read) => _changed.GetValueOrDefault(read.SampleId, read);

    private async Task<ReviewRow?> RowAtAsync(int index)
    {
        if (_order is null || index < 0 || index >= _order.Count) return null;
        return (await Review.FindAsync(Id, [_order[index]], Disposal)).SingleOrDefault();
    }

    private async Task BeatAsync()
    {
        if (_run is null || _pass is not { IsActive: true } active) return;
        _pass = await Predictions.GetPassAsync(active.Id, Disposal);
        if (_pass.IsActive) return;
        _counts = await Review.CountAsync(Id, Disposal);
        await ShowAsync();
    }

    private async Task PredictAsync(Split? split)
    {
        _problem = null;
        try
        {
            _pass = await Predictions.GetPassAsync(await Predictions.RequestAsync(Id, split, Disposal), Disposal);
        }
        catch (UserException e)
        {
            _problem = e.Message;
        }
    }

    private Task RetryAsync() => PredictAsync(_pass?.Split is { } split ? Datasets.SplitName.Parse(split) : null);

    private sealed record PlacedRow(int Index, ReviewRow Row);
}
