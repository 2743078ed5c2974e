namespace CatDog.Web.Features.Labeling;

public sealed partial class FocusPage : SampleBrowser
{
    protected override string ModulePath => "Features/Labeling/FocusPage.razor.js";

    protected override object?[] StartArguments() =>
    [
        new { DatasetId = Id, Dataset!.Classes, Query = LabelingUrls.Parameters(Query), SampleId = Sample, GridUrl = Url("label", Query) },
    ];
}
