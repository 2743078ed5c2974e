using CatDog.Web.Components.Shared;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Hosting;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CatDog.Web.Features.Labeling;

/// <summary>
/// Base of the pages that show the samples of a query. The address says which; the browser's own view shows them, and
/// begins anew when the query changes.
/// </summary>
public abstract class SampleBrowser : LiveComponent
{
    private SampleQuery? _shown;
    private Task _showing = Task.CompletedTask;
    private IJSObjectReference? _module;
    private IJSObjectReference? _view;

    [Parameter]
    public long Id { get; set; }

    [SupplyParameterFromQuery]
    public string? Label { get; set; }

    [SupplyParameterFromQuery]
    public string? Split { get; set; }

    [SupplyParameterFromQuery]
    public string? Q { get; set; }

    [SupplyParameterFromQuery]
    public string? Sort { get; set; }

    [Inject]
    private DatasetService Datasets { get; set; } = null!;

    [Inject]
    private SampleService Samples { get; set; } = null!;

    [Inject]
    private IJSRuntime Js { get; set; } = null!;

    /// <summary>The element that the browser's view works in.</summary>
    protected ElementReference Stage { get; set; }

    protected SampleQuery Query => SampleQuery.Of(Id, Label, Split, Q, Sort);

    /// <summary>Null while it loads.</summary>
    private protected DatasetSummary? Dataset { get; private set; }

    /// <summary>How many samples match the query.</summary>
    protected long Matching { get; private set; }

    /// <summary>Why the samples cannot be shown.</summary>
    protected string? Error { get; private set; }

    protected abstract string ModulePath { get; }

    /// <summary>What the module's <c>start</c> gets beside the stage.</summary>
    protected abstract object?[] StartArguments();

    protected static string Url(string place, SampleQuery query) => LabelingUrls.Url(place, query);

    protected async Task ReadCountsAsync() => Dataset = await Datasets.GetAsync(Id, Disposal);

    protected override async Task OnParametersSetAsync()
    {
        Error = null;
        try
        {
            await ReadCountsAsync();
            Matching = await Samples.CountAsync(Query, Disposal);
        }
        catch (UserException e)
        {
            Error = e.Message;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Dataset is null) return;
        var wanted = Error is null && Matching > 0 ? Query : null;
        if (_shown == wanted) return;
        _shown = wanted;
        _showing = ShowAsync(_showing, wanted is not null);
        await _showing;
    }

    protected override async ValueTask DisposeCoreAsync()
    {
        try
        {
            await _showing;
            await DisposeViewAsync();
            if (_module is not null) await _module.DisposeAsync();
        }
        catch (JSDisconnectedException)
        {
            // The browser is gone, and the view with it.
        }
    }

    private async Task ShowAsync(Task before, bool start)
    {
        await before;
        await DisposeViewAsync();
        if (!start) return;
        _module ??= await Js.InvokeAsync<IJSObjectReference>("import", "./" + Assets[ModulePath]);
        _view = await _module.InvokeAsync<IJSObjectReference>("start", [Stage, .. StartArguments()]);
    }

    private async Task DisposeViewAsync()
    {
        if (_view is null) return;
        await _view.InvokeVoidAsync("dispose");
        await _view.DisposeAsync();
        _view = null;
    }
}
