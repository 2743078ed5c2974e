using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace CatDog.Training.Models;

/// <summary>
/// Batch norm over N × channels × height × width, with PyTorch's numerics and keys. TorchSharp's own counts batches with a number object that the
/// garbage collector may free while Torch still reads it; this one keeps it alive.
/// </summary>
internal sealed class BatchNorm : Module<Tensor, Tensor>
{
    private const double Epsilon = 1e-5;

    private readonly double _momentum;

    /// <param name="channels">Of the input.</param>
    /// <param name="momentum">The weight of a new batch in the running mean and variance.</param>
    public BatchNorm(int channels, double momentum = 0.1) : base(nameof(BatchNorm))
    {
        _momentum = momentum;
        register_parameter("weight", new Parameter(ones(channels)));
        register_parameter("bias", new Parameter(zeros(channels)));
        register_buffer("running_mean", zeros(channels));
        register_buffer("running_var", ones(channels));
        register_buffer("num_batches_tracked", tensor(0L));
    }

    public override Tensor forward(Tensor input)
    {
        if (training) CountBatch();
        // Asked for anew each time: a move to another device puts other objects in place.
        return functional.batch_norm(
            input, get_buffer("running_mean"), get_buffer("running_var"), get_parameter("weight"), get_parameter("bias"), training, _momentum, Epsilon);
    }

    private void CountBatch()
    {
        using Scalar one = 1;
        using var frozen = no_grad();
        get_buffer("num_batches_tracked")!.add_(one, one);
    }
}
