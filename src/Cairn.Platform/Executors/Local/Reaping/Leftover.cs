namespace Cairn.Platform.Executors.Local.Reaping;

/// <summary>Something of a task whose run is over or unknown.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its path, number or name on this machine.</param>
/// <param name="Task">The task's key, or what stands for it.</param>
public sealed record Leftover(LeftoverKind Kind, string Name, string Task);

/// <summary>What can be left over, in the order in which it should go.</summary>
public enum LeftoverKind
{
    /// <summary>A supervisor of a task: a sandbox, a wrapper.</summary>
    Process,

    /// <summary>A podman container.</summary>
    Container,

    /// <summary>A control group.</summary>
    ControlGroup,

    /// <summary>A group's network.</summary>
    Network,

    /// <summary>A task folder.</summary>
    Folder,

    /// <summary>The intermediate data of a run that is not there any more.</summary>
    Data,
}
