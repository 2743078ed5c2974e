using CatDog.Training;

namespace CatDog.Web.Features.Runs;

/// <summary>Each trains one run at a time.</summary>
internal enum DeviceSlot
{
    Cpu,
    Gpu,
}

/// <summary>What this machine can train on. The web process never asks Torch, which could end it.</summary>
internal static class Machine
{
    public static bool HasGpu { get; } = Directory.Exists("/proc/driver/nvidia/gpus");

    public static DeviceSlot SlotOf(string device) => device switch
    {
        "cuda" => DeviceSlot.Gpu,
        "cpu" => DeviceSlot.Cpu,
        _ => HasGpu ? DeviceSlot.Gpu : DeviceSlot.Cpu,
    };

    /// <summary>A sentence where these hyperparameters ask for more than this machine does with ease; null where they do not.</summary>
    public static string? Warn(Hyperparameters hyperparameters)
    {
        if (SlotOf(hyperparameters.Device) == DeviceSlot.Gpu) return null;
        return (hyperparameters.Backbone, hyperparameters.Tuning) switch
        {
            ("vgg16", Tuning.Full) => "This trains on the CPU. VGG-16 in full takes around half a second a photo there: 1,000 photos are about ten minutes an epoch on two cores, and it wants 4 GB of memory. Tuning the head only is far quicker.",
            ("resnet50", Tuning.Full) => "This trains on the CPU, where ResNet-50 in full is slow. Tuning the head only is far quicker.",
            _ => null,
        };
    }
}
