using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace CatDog.Web.Features.Datasets;

public sealed partial class HomePage : ComponentBase
{
    private const int CoverPhotos = 5;
    private List<(DatasetSummary Dataset, IReadOnlyList<CoverPhoto> Cover)>? _cards;

    [Inject]
    private DatasetService Datasets { get; set; } = null!;

    [Inject]
    private IDialogService Dialogs { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    protected override async Task OnInitializedAsync()
    {
        var cards = new List<(DatasetSummary, IReadOnlyList<CoverPhoto>)>();
        foreach (var dataset in await Datasets.ListAsync()) cards.Add((dataset, await Datasets.CoverAsync(dataset.Id, CoverPhotos)));
        _cards = cards;
    }

    private async Task CreateAsync()
    {
        var dialog = await Dialogs.ShowAsync<NewDatasetDialog>("New data set", new DialogOptions { MaxWidth = MaxWidth.ExtraSmall, FullWidth = true, CloseOnEscapeKey = true });
        if (await dialog.Result is { Canceled: false, Data: DatasetSummary created }) Navigation.NavigateTo(FormattableString.Invariant($"datasets/{created.Id}"));
    }
}
