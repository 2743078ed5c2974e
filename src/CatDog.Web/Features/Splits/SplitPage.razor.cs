using CatDog.Web.Components.Shared;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace CatDog.Web.Features.Splits;

/// <summary>Shows what a split would be before it is applied.</summary>
public partial class SplitPage : LiveComponent
{
    private const int LockedShown = 200;
    private static readonly TimeSpan Debounce = TimeSpan.FromMilliseconds(200);

    private DatasetSummary? _dataset;
    private SplitSettings _settings = new();
    private SplitCounts? _preview;
    private IReadOnlyList<LockedSample>? _locked;
    private string? _missing;
    private string? _problem;
    private string? _said;
    private bool _applying;
    private int _asked;

    [Parameter]
    public long Id { get; set; }

    [Inject]
    private DatasetService Datasets { get; set; } = null!;

    [Inject]
    private SplitService Splits { get; set; } = null!;

    private string ApplyText => _applying ? "Applying…" : _preview switch
    {
        null => "Apply",
        { Changed: 0 } => "Nothing to change",
        { Changed: 1 } => "Apply: 1 photo changes its split",
        { Changed: var changed } => $"Apply: {changed:N0} photos change their split",
    };

    protected override async Task OnParametersSetAsync()
    {
        try
        {
            _dataset = await Datasets.GetAsync(Id, Disposal);
        }
        catch (UserException e)
        {
            _missing = e.Message;
            return;
        }

        _settings = await Splits.AppliedAsync(Id, Disposal) ?? new();
        await PreviewAsync();
    }

    private async Task ChangeAsync(SplitSettings settings)
    {
        _settings = settings;
        _said = null;
        var asked = ++_asked;
        await Task.Delay(Debounce, Disposal);
        if (asked == _asked) await PreviewAsync();
    }

    private async Task PreviewAsync()
    {
        var asked = _asked;
        try
        {
            var preview = await Splits.PreviewAsync(Id, _settings, Disposal);
            // A slow answer to an older question must not replace the answer to a newer one.
            if (asked != _asked) return;
            (_preview, _problem) = (preview, null);
        }
        catch (UserException e)
        {
            (_preview, _problem) = (null, e.Message);
        }

        _locked = await Splits.LockedAsync(Id, LockedShown, Disposal);
    }

    private async Task ApplyAsync()
    {
        _applying = true;
        try
        {
            var applied = await Splits.ApplyAsync(Id, _settings, Disposal);
            _said = $"Done: {applied.Changed:N0} of {applied.Total:N0} photos changed their split" + (applied.Locked > 0 ? $", {applied.Locked:N0} locked ones stayed." : ".");
            await PreviewAsync();
        }
        catch (UserException e)
        {
            _problem = e.Message;
        }
        finally
        {
            _applying = false;
        }
    }

    private async Task UnlockAsync(IReadOnlyList<long> samples)
    {
        await Splits.UnlockAsync(samples, Disposal);
        await PreviewAsync();
    }
}
