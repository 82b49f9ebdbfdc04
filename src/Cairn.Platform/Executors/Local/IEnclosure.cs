using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Executors.Local.Sandboxes;

namespace Cairn.Platform.Executors.Local;

/// <summary>What a task's command runs in: a bubblewrap sandbox, a podman container, a plain process.</summary>
internal interface IEnclosure
{
    /// <summary>The word in `order.json` by which recovery finds the right one.</summary>
    string Kind { get; }

    /// <summary>The tokens as they read inside.</summary>
    Cairn.Graphs.Tasks.TaskTokens Tokens(TaskPlace place);

    /// <summary>
    /// Starts the command of a launch, unless that launch was started before: then nothing happens. The command
    /// outlives this process.
    /// </summary>
    /// <exception cref="TaskStartException">It cannot be started.</exception>
    Task Launch(TaskPlace place, int serial, TaskSecrets secrets, CancellationToken cancel);

    /// <summary>Finds a launch and waits until nothing of it is left, whoever started it.</summary>
    Task<CommandEnd> Ended(TaskPlace place, Launch launch);

    /// <summary>Asks the command's process group to end: TERM.</summary>
    void Terminate(TaskPlace place, int serial);

    /// <summary>Kills everything in it, however deep; returns when the kill is on its way.</summary>
    void Kill(TaskPlace place, int serial);

    /// <summary>Removes what it holds outside of the task's folder, after the end.</summary>
    Task Discard(TaskPlace place) => Task.CompletedTask;
}
