using CatDog.Training.Models;
using TorchSharp;

namespace CatDog.Training.Weights;

/// <summary>A network's parameters and buffers by torchvision's keys, to and from safetensors.</summary>
public static class StateDict
{
    private const string BatchCounter = ".num_batches_tracked";

    /// <summary>Every parameter and buffer, module by module as PyTorch orders them. The tensors are the network's own.</summary>
    public static IReadOnlyList<(string Name, torch.Tensor Tensor)> Of(torch.nn.Module network) => [.. Walk(network, "")];

    /// <summary>Loads weights of the same architecture whose head may be of another size; such a head stays as it is in the network.</summary>
    /// <returns>Whether the head was loaded too.</returns>
    /// <exception cref="TrainingException">The file is unreadable or does not fit; the message names the first keys that differ.</exception>
    public static bool Load(Backbone network, string path)
    {
        using var file = SafeTensorsFile.Open(path);
        var state = Of(network);
        var head = state.Where(t => t.Name.StartsWith(network.HeadPrefix, StringComparison.Ordinal)).ToList();
        var withHead = head.All(t => file.Contains(t.Name) && file.Shape(t.Name).SequenceEqual(t.Tensor.shape));
        var wanted = withHead ? state : [.. state.Except(head)];
        RefuseDifferences(network, path, file, wanted, withHead ? [] : head);
        foreach (var (name, tensor) in wanted.Where(t => file.Contains(t.Name))) file.CopyTo(name, tensor);
        return withHead;
    }

    /// <summary>Loads weights that must fit in every key and shape.</summary>
    public static void LoadWhole(Backbone network, string path)
    {
        if (!Load(network, path)) throw new TrainingException($"The weights '{path}' have a head for another number of classes.");
    }

    private static void RefuseDifferences(
        Backbone network, string path, SafeTensorsFile file, IReadOnlyList<(string Name, torch.Tensor Tensor)> wanted, List<(string Name, torch.Tensor Tensor)> replaced)
    {
        var known = wanted.Concat(replaced).Select(t => t.Name).ToHashSet();
        List<string> differences =
        [
            // Files older than PyTorch 0.4.1 do not count batches, and nothing depends on the count.
            .. wanted.Where(t => !file.Contains(t.Name) && !t.Name.EndsWith(BatchCounter, StringComparison.Ordinal)).Select(t => $"'{t.Name}' is missing"),
            .. file.Names.Where(name => !known.Contains(name)).Select(name => $"'{name}' is not in this network"),
            .. wanted.Where(t => file.Contains(t.Name) && !file.Shape(t.Name).SequenceEqual(t.Tensor.shape))
                .Select(t => $"'{t.Name}' is {Text(file.Shape(t.Name))} instead of {Text(t.Tensor.shape)}"),
        ];
        if (differences.Count == 0) return;
        var more = differences.Count > 3 ? $", and {differences.Count - 3} more" : "";
        throw new TrainingException(
            $"The weights '{path}' do not fit {network.GetName()}: {string.Join(", ", differences.Take(3))}{more}. Choose the backbone they were made for.");
    }

    private static string Text(long[] shape) => $"[{string.Join(", ", shape)}]";

    private static IEnumerable<(string Name, torch.Tensor Tensor)> Walk(torch.nn.Module module, string prefix)
    {
        var children = module.named_children().ToList();
        // A Sequential answers for its children even when asked not to recurse.
        if (children.Count == 0)
        {
            foreach (var (name, parameter) in module.named_parameters(recurse: false)) yield return (prefix + name, parameter);
            foreach (var (name, buffer) in module.named_buffers(recurse: false)) yield return (prefix + name, buffer);
        }

        foreach (var (name, child) in children)
            foreach (var tensor in Walk(child, $"{prefix}{name}.")) yield return tensor;
    }
}
