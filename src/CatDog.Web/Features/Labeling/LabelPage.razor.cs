using CatDog.Web.Components.Shared;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using static CatDog.Web.Features.Labeling.LabelingUrls;

namespace CatDog.Web.Features.Labeling;

public sealed partial class LabelPage : LiveComponent
{
    private DatasetSummary? _dataset;
    private long _matching;
    private string? _error;
    private SampleQuery? _shown;
    private ElementReference _stage;
    private IJSObjectReference? _module;
    private IJSObjectReference? _view;
    private DotNetObjectReference<LabelPage>? _self;

    [Parameter]
    public long Id { get; set; }

    [SupplyParameterFromQuery]
    private string? Label { get; set; }

    [SupplyParameterFromQuery]
    private string? Split { get; set; }

    [SupplyParameterFromQuery]
    private string? Q { get; set; }

    [SupplyParameterFromQuery]
    private string? Sort { get; set; }

    [Inject]
    private DatasetService Datasets { get; set; } = null!;

    [Inject]
    private SampleService Samples { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    private SampleQuery Query => SampleQuery.Of(Id, Label, Split, Q, Sort);

    /// <summary>Called by the browser after it changed labels, so that the counts on the filters are true again.</summary>
    [JSInvokable]
    public async Task Changed()
    {
        _dataset = await Datasets.GetAsync(Id, Disposal);
        StateHasChanged();
    }

    protected override async Task OnParametersSetAsync()
    {
        _error = null;
        try
        {
            _dataset = await Datasets.GetAsync(Id, Disposal);
            _matching = await Samples.CountAsync(Query, Disposal);
        }
        catch (UserException e)
        {
            _error = e.Message;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_dataset is null || _error is not null || _matching == 0 || _shown == Query) return;
        _shown = Query;
        _self ??= DotNetObjectReference.Create(this);
        _module ??= await Js.InvokeAsync<IJSObjectReference>("import", "./" + Assets["Features/Labeling/LabelPage.razor.js"]);
        if (_view is not null) await _view.InvokeVoidAsync("dispose");
        _view = await _module.InvokeAsync<IJSObjectReference>("start", _stage, _self, new
        {
            DatasetId = Id,
            _dataset.Classes,
            Query = Parameters(Query),
            FocusUrl = Url("focus", Query),
        });
    }

    protected override async ValueTask DisposeCoreAsync()
    {
        try
        {
            if (_view is not null)
            {
                await _view.InvokeVoidAsync("dispose");
                await _view.DisposeAsync();
            }

            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the view with it.
        }

        _self?.Dispose();
    }
}
