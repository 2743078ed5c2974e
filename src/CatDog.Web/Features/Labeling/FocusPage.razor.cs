using Microsoft.AspNetCore.Components;

namespace CatDog.Web.Features.Labeling;

public sealed partial class FocusPage : SampleBrowser
{
    [SupplyParameterFromQuery]
    public long? Sample { get; set; }

    protected override string ModulePath => "Features/Labeling/FocusPage.razor.js";

    protected override object?[] StartArguments() =>
    [
        new { DatasetId = Id, Dataset!.Classes, Query = LabelingUrls.Parameters(Query), SampleId = Sample, GridUrl = Url("label", Query) },
    ];
}
