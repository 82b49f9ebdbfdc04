using System.CommandLine;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;
using Cairn.Platform.Triggers;
using Cairn.Platform.Triggers.Events;
using Cairn.Platform.Triggers.Following;

namespace Cairn.Cli.Commands.Trigger;

/// <summary>`--event FILE`: a CloudEvent in JSON format, or a list of them; `-` is stdin.</summary>
internal static class EventFlag
{
    /// <summary>The option.</summary>
    public static Option<string?> Create() => new("--event")
    {
        Description = "A CloudEvent in JSON, or a list of them; `-`: stdin",
        HelpName = "FILE",
    };

    /// <summary>What a file tells; throws <see cref="CommandFailure"/> (2) with all that is wrong in it.</summary>
    public static IReadOnlyList<Happening> Read(Frame frame, TriggerProject project, string file)
    {
        using var buffer = new MemoryStream();
        using (var source = file == "-" ? frame.Terminal.In : File.OpenRead(frame.PathOf(file)))
            source.CopyTo(buffer);
        var read = CloudEventReader.ReadJson(buffer.ToArray());
        return read.Problems.Count == 0
            ? [.. read.Events.Select(project.Read)]
            : throw new CommandFailure(
                ExitCode.Usage, [.. read.Problems.Select(problem => new Problem(problem, file))]);
    }
}
