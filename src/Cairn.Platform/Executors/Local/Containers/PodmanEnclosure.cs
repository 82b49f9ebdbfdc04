using System.Globalization;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Executors.Local.Images;
using Cairn.Platform.Executors.Local.Networks;
using Cairn.Platform.Executors.Local.Places;
using Cairn.Platform.Executors.Local.Processes;
using Cairn.Platform.Executors.Local.Sandboxes;

namespace Cairn.Platform.Executors.Local.Containers;

/// <summary>
/// Runs tasks in their real images by podman. A container's name carries the key and the launch: of two starters one
/// wins, and it is found again by its name. The container's monitor keeps it and its exit code without us.
/// </summary>
internal sealed class PodmanEnclosure(string podman, LocalHome home) : IEnclosure
{
    private readonly IReadOnlyDictionary<string, string> _environment = PodmanConfiguration.Of(home);

    /// <inheritdoc/>
    public string Kind => "podman";

    /// <inheritdoc/>
    public TaskTokens Tokens(TaskPlace place) => TaskPaths.Tokens(place);

    /// <summary>The name of a launch's container.</summary>
    public string NameOf(TaskPlace place, int serial) => $"cairn-{home.Mark}-{place.Folder.Name}-{serial}";

    /// <inheritdoc/>
    public async Task Launch(TaskPlace place, int serial, TaskSecrets secrets, CancellationToken cancel)
    {
        if (place.Network is TaskNetwork.Member { User: not null })
            throw new TaskStartException(
                "without root, tasks in real images cannot join a group's private network; "
                + "set network: host on the pool");
        var name = NameOf(place, serial);
        if (await State(name) is null)
        {
            await Pull(ImageReference.WithoutTag(place.Order.Image), cancel);
            var variables = TaskEnvironment.Of(place, entry: null, Tokens(place), secrets.Variables);
            var files = SecretFiles.Write(place.Folder, secrets);
            var arguments = PodmanArguments.Of(place, name, home, files, [.. variables.Select(one => one.Name)]);
            var environment = _environment.ToDictionary(StringComparer.Ordinal);
            foreach (var (variable, value) in variables)
                environment[variable] = value;
            var made = await Program.Run(podman, arguments, CancellationToken.None, environment);
            if (made.Code != 0 && await State(name) is null)
                throw new TaskStartException($"podman could not make the container: {LastLine(made.Errors)}");
        }

        // Made and never started: we died in between. Anything else was started before.
        if (await State(name) is "created")
        {
            var started = await Podman("start", name);
            if (started.Code != 0)
                throw new TaskStartException($"podman could not start the task: {LastLine(started.Errors)}");
        }

        var marker = place.Folder.Launched(serial, ProcessIdentity.CurrentBoot);
        await File.WriteAllBytesAsync(marker, [], CancellationToken.None);
    }

    /// <inheritdoc/>
    public async Task<CommandEnd> Ended(TaskPlace place, Launch launch)
    {
        var name = NameOf(place, launch.Serial);
        if (launch.Boot != ProcessIdentity.CurrentBoot)
            return CommandEnd.Lost("The machine was restarted while the task ran");
        var waited = await Podman("wait", name);
        if (waited.Code != 0 || !int.TryParse(waited.Output, CultureInfo.InvariantCulture, out var code))
            return CommandEnd.Lost($"The container of the task is gone: {LastLine(waited.Errors)}");
        var outOfMemory = await Podman("inspect", "--format", "{{.State.OOMKilled}}", name);
        return outOfMemory.Output == "true" && code != 0
            ? new CommandEnd(
                TaskEnding.OutOfMemory, CommandEnd.EvictedCode,
                $"The task needed more than its {place.Order.Resources.MemoryBytes >> 20} MiB of memory")
            : Exit(code);
    }

    /// <inheritdoc/>
    public void Terminate(TaskPlace place, int serial) => Signal(place, serial, "TERM");

    /// <inheritdoc/>
    public void Kill(TaskPlace place, int serial) => Signal(place, serial, "KILL");

    /// <inheritdoc/>
    public async Task Discard(TaskPlace place)
    {
        foreach (var launch in place.Folder.Launches())
            await Podman("rm", "--force", "--time=0", NameOf(place, launch.Serial));
        SecretFiles.Remove(place.Folder);
    }

    // An image's runtime only tells 128 and the signal together, as a shell does.
    private static CommandEnd Exit(int code) => new(TaskEnding.Exited, code);

    private void Signal(TaskPlace place, int serial, string signal) =>
        _ = Podman("kill", $"--signal={signal}", NameOf(place, serial));

    private async Task<string?> State(string name)
    {
        var asked = await Podman("inspect", "--type=container", "--format", "{{.State.Status}}", name);
        return asked.Code == 0 ? asked.Output : null;
    }

    private async Task Pull(string image, CancellationToken cancel)
    {
        var there = await Program.Run(podman, ["image", "exists", image], cancel, _environment);
        if (there.Code == 0)
            return;
        var pulled = await Program.Run(podman, ["pull", "--quiet", image], cancel, _environment);
        if (pulled.Code != 0)
            throw new ImagePullException($"image {image} could not be pulled: {LastLine(pulled.Errors)}");
    }

    private Task<ProgramEnd> Podman(params string[] arguments) =>
        Program.Run(podman, arguments, CancellationToken.None, _environment);

    private static string LastLine(string text) => text.Split('\n')[^1];
}
