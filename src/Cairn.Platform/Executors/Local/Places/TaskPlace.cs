using System.Text.Json;
using Cairn.Engine.Effects;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Cgroups;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Networks;

namespace Cairn.Platform.Executors.Local.Places;

/// <summary>One attempt at one task with all that was decided about where it runs.</summary>
internal sealed record TaskPlace
{
    /// <summary>The effect.</summary>
    public required EffectKey Key { get; init; }

    /// <summary>The run's id.</summary>
    public required string RunId { get; init; }

    /// <summary>As asked; tokens not yet resolved.</summary>
    public required TaskOrder Order { get; init; }

    /// <summary>The mark of the state folder.</summary>
    public required string Mark { get; init; }

    /// <summary>Its folder.</summary>
    public required TaskFolder Folder { get; init; }

    /// <summary>What stands for its image.</summary>
    public required ImageChoice Image { get; init; }

    /// <summary>The kind of enclosure that its command runs in.</summary>
    public required string Enclosure { get; init; }

    /// <summary>Its limits and its memory figures.</summary>
    public required TaskCgroup Cgroup { get; init; }

    /// <summary>Its network.</summary>
    public required TaskNetwork Network { get; init; }

    /// <summary>Device numbers that it has for itself.</summary>
    public IReadOnlyList<int> Gpus { get; init; } = [];

    /// <summary>Writes down what was decided, for whoever finds the task; again is harmless.</summary>
    public void Remember() => TaskFolder.WriteWhole(Folder.Order, JsonSerializer.SerializeToUtf8Bytes(
        new PlacedOrder(RunId, Order, Enclosure, Gpus), PlaceJson.Default.PlacedOrder));

    /// <summary>The key and the launch, as they stand in the process list: how a launch is found without its
    /// pid.</summary>
    public string Badge(int serial) => LocalHome.Badge(Mark, Folder.Name, serial);
}
