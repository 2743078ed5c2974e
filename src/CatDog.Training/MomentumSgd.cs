using TorchSharp;

namespace CatDog.Training;

/// <summary>
/// Stochastic gradient descent as PyTorch's SGD does it (no dampening, no Nesterov): v = m·v + (g + d·w), w = w − r·v.
/// Written out so that its whole state has names and can be kept in a checkpoint.
/// </summary>
internal sealed class MomentumSgd(IReadOnlyList<(string Name, TorchSharp.Modules.Parameter Parameter)> parameters, double momentum, double weightDecay) : IDisposable
{
    private readonly Dictionary<string, torch.Tensor> _velocities = [];

    /// <summary>The velocity of every parameter that has been moved, by the parameter's name.</summary>
    public IEnumerable<(string Name, torch.Tensor Velocity)> State => _velocities.Select(v => (v.Key, v.Value));

    /// <summary>Moves every parameter that has a gradient.</summary>
    public void Step(double learningRate)
    {
        using var frozen = torch.no_grad();
        using var scope = torch.NewDisposeScope();
        foreach (var (name, parameter) in parameters)
        {
            if (parameter.grad is not { } gradient) continue;
            if (weightDecay != 0) gradient = gradient.add(parameter, weightDecay);
            parameter.add_(momentum == 0 ? gradient : Accelerate(name, gradient), -learningRate);
        }
    }

    /// <summary>Puts back what <see cref="State"/> gave, a copy of each.</summary>
    public void Restore(string name, torch.Tensor velocity) => _velocities[name] = velocity;

    public void Dispose()
    {
        foreach (var velocity in _velocities.Values) velocity.Dispose();
    }

    private torch.Tensor Accelerate(string name, torch.Tensor gradient)
    {
        if (_velocities.TryGetValue(name, out var velocity)) return velocity.mul_(momentum).add_(gradient);
        // A velocity outlives the step's scope.
        return _velocities[name] = gradient.clone().DetachFromDisposeScope();
    }
}
