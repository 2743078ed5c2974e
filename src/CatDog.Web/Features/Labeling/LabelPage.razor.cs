using Microsoft.JSInterop;

namespace CatDog.Web.Features.Labeling;

public sealed partial class LabelPage : SampleBrowser
{
    private DotNetObjectReference<LabelPage>? _self;

    protected override string ModulePath => "Features/Labeling/LabelPage.razor.js";

    /// <summary>Called by the browser after it changed labels, so that the counts on the filters are true again.</summary>
    [JSInvokable]
    public async Task Changed()
    {
        await ReadCountsAsync();
        StateHasChanged();
    }

    protected override object?[] StartArguments() =>
    [
        _self ??= DotNetObjectReference.Create(this),
        new { DatasetId = Id, Dataset!.Classes, Query = LabelingUrls.Parameters(Query), FocusUrl = Url("focus", Query) },
    ];

    protected override async ValueTask DisposeCoreAsync()
    {
        await base.DisposeCoreAsync();
        _self?.Dispose();
    }
}
