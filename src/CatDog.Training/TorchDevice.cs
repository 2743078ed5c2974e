using TorchSharp;

namespace CatDog.Training;

/// <summary>Which device a run computes on.</summary>
internal static class TorchDevice
{
    /// <exception cref="TrainingException">A GPU was asked for and there is none.</exception>
    public static torch.Device Choose(string asked)
    {
        if (asked == "cpu") return torch.CPU;
        if (torch.cuda.is_available()) return torch.device(DeviceType.CUDA, 0);
        if (asked == "cuda") throw new TrainingException("There is no usable CUDA GPU here, or this build has no CUDA. Choose device auto or cpu.");
        return torch.CPU;
    }

    public static string Name(torch.Device device) => device.type == DeviceType.CUDA ? $"cuda:{device.index}" : "cpu";
}
