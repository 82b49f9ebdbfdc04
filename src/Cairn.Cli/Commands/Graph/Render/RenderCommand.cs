using System.CommandLine;
using System.Text.Json;
using Cairn.Cli.Composition;
using Cairn.Cli.Flags;
using Cairn.Cli.Terminals;
using Cairn.Graphs.Rendering;

namespace Cairn.Cli.Commands.Graph.Render;

/// <summary>`cairn graph render FILE`: the graph as it would run.</summary>
internal static class RenderCommand
{
    /// <summary>What it was asked.</summary>
    internal sealed record Options(string File, GraphValues Values, OutputFormat Format);

    /// <summary>The command.</summary>
    public static Command Create(Frame frame)
    {
        var file = new Argument<string>("FILE") { Description = "A graph" };
        var values = new SetFlags();
        var command = new Command("render", "Prints a graph as it would run: templates done, files inlined") { file };
        values.AddTo(command);
        command.SetAction(parsed => Run(frame, new Options(
            parsed.GetRequiredValue(file), values.Read(parsed), GlobalFlags.FormatOf(parsed))));
        return command;
    }

    internal static int Run(Frame frame, Options options)
    {
        var outcome = GraphFile.CompileValid(frame, options.File, options.Values);
        using var document = JsonDocument.Parse(outcome.Json());
        // There is no table of a graph: people read it as YAML.
        var format = options.Format == OutputFormat.Table ? OutputFormat.Yaml : options.Format;
        var output = new Output(frame.Terminal, format);
        if (output.IsDocument)
            output.WriteDocument(document.RootElement);
        else
            foreach (var task in outcome.Spec!.Groups.SelectMany(group => group.Tasks))
                frame.Terminal.Out.WriteLine(task.Name);
        return ExitCode.Done;
    }
}
