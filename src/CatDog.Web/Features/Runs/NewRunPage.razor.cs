using CatDog.Training;
using CatDog.Training.Models;
using CatDog.Web.Components.Shared;
using CatDog.Web.Features.Datasets;
using CatDog.Web.Hosting;
using Microsoft.AspNetCore.Components;

namespace CatDog.Web.Features.Runs;

/// <summary>Chooses what a run does, then starts it.</summary>
public partial class NewRunPage : LiveComponent
{
    private DatasetSummary? _dataset;
    private Hyperparameters _run = RunPresets.FirstLook.Hyperparameters;
    private string? _missing;
    private string? _problem;
    private bool _starting;

    [Parameter]
    public long Id { get; set; }

    [Inject]
    private DatasetService Datasets { get; set; } = null!;

    [Inject]
    private RunService Runs { get; set; } = null!;

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private bool NeedsWeights => Backbones.Find(_run.Backbone)?.NeedsWeights == true;

    private string WeightsHint => NeedsWeights
        ? "No weights: it starts from random, and on a small set it will hardly learn. Give a safetensors file with ImageNet weights in torchvision's naming."
        : "No weights: it starts from random. This net is made for that.";

    private string Ready => $"{Count("train"):N0} photos to learn from, {Count("val"):N0} to check on";

    protected override async Task OnParametersSetAsync()
    {
        try
        {
            _dataset = await Datasets.GetAsync(Id, Disposal);
        }
        catch (UserException e)
        {
            _missing = e.Message;
        }
    }

    private long Count(string split) => _dataset!.Counts.Where(c => c.Split == split && c.Label is not null).Sum(c => c.Count);

    private string? ProblemOf(string field) => _run.Validate().Where(p => p.Field == field).Select(p => p.Problem).FirstOrDefault();

    private void Use(RunPreset preset) =>
        _run = preset.Hyperparameters with { Weights = _run.Weights, Seed = _run.Seed, Device = _run.Device };

    private async Task StartAsync()
    {
        (_starting, _problem) = (true, null);
        try
        {
            Navigation.NavigateTo(FormattableString.Invariant($"runs/{await Runs.StartAsync(Id, _run, Disposal)}"));
        }
        catch (UserException e)
        {
            _problem = e.Message;
        }
        finally
        {
            _starting = false;
        }
    }
}
