using System.Globalization;
using CatDog.Web.Components.Shared;
using CatDog.Web.Features.Datasets.Importing;
using CatDog.Web.Hosting;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace CatDog.Web.Features.Datasets;

public sealed partial class DatasetPage : LiveComponent
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(250);

    /// <summary>The counts, and imports that somebody else started, may be a little late.</summary>
    private const int SlowBeats = 8;

    private DatasetSummary? _dataset;
    private IReadOnlyList<ImportReport>? _imports;
    private int _nearDuplicates;
    private string? _missing;
    private int _beat;
    private long _loadedId;

    [Parameter]
    public long DatasetId { get; set; }

    [Inject]
    private DatasetService Datasets { get; set; } = null!;

    [Inject]
    private ImportService Imports { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override void OnInitialized() => Every(Beat, BeatAsync);

    protected override async Task OnParametersSetAsync()
    {
        if (_loadedId == DatasetId) return;
        _loadedId = DatasetId;
        (_dataset, _imports, _missing) = (null, null, null);
        await ReloadAsync();
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private async Task ReloadAsync()
    {
        try
        {
            _dataset = await Datasets.GetAsync(DatasetId, Disposal);
            _nearDuplicates = await Datasets.CountNearDuplicatesAsync(DatasetId, Disposal);
            _imports = await Imports.ListAsync(DatasetId, Disposal);
        }
        catch (UserException e)
        {
            _missing = e.Message;
        }
    }

    private async Task BeatAsync()
    {
        if (_dataset is null) return;
        _beat++;
        var wasActive = _imports?.Any(i => i.IsActive) == true;
        if (!wasActive && _beat % SlowBeats != 0) return;
        _imports = await Imports.ListAsync(DatasetId, Disposal);
        var isActive = _imports.Any(i => i.IsActive);
        if (wasActive != isActive || (isActive && _beat % SlowBeats == 0)) await ReloadAsync();
    }

    private async Task DeleteAsync()
    {
        var parameters = new DialogParameters<DeleteDatasetDialog> { { d => d.Dataset, _dataset! } };
        var dialog = await Dialogs.ShowAsync<DeleteDatasetDialog>("Delete this data set?", parameters, new DialogOptions { MaxWidth = MaxWidth.Small, FullWidth = true, CloseOnEscapeKey = true });
        if (await dialog.Result is { Canceled: false }) Navigation.NavigateTo("/");
    }
}
