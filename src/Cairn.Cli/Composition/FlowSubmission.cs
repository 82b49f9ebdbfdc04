using System.Text;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;
using Cairn.Engine.Hosting;
using Cairn.Engine.Runs;
using Cairn.Flows.Compiling;
using Cairn.Flows.Values;
using Cairn.Platform.Deployments;
using Cairn.Platform.Projects;

namespace Cairn.Cli.Composition;

/// <summary>A valid flow on its way to becoming a run: its environment and argument are pinned here.</summary>
/// <param name="Source">The flow.</param>
/// <param name="Options">The switches in force.</param>
internal sealed record FlowSubmission(FlowSource Source, FlowOptions Options)
{
    /// <summary>The argument as JSON text, or null.</summary>
    public string? Arguments { get; init; }

    /// <summary>Variables of the command line; they win over the project's.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>Labels of the run.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>The run to create; throws <see cref="CommandFailure"/> (2) for an argument that is no JSON.</summary>
    public NewRun NewRun(Project project)
    {
        var launch = new FlowLaunch(Path.GetFileNameWithoutExtension(Source.File), Source, Options)
        {
            Environment = Environment,
            Labels = Labels,
        };
        return launch.NewRun(EngineHost.NewUid(), project, Argument());
    }

    private byte[] Argument()
    {
        if (Arguments is not { } text)
            return [];
        try
        {
            return FlowJson.Encode(PublicJson.Decode(Encoding.UTF8.GetBytes(text)));
        }
        catch (FlowError wrong)
        {
            var message = wrong.Message.Replace("ValueError: ", "", StringComparison.Ordinal);
            throw new CommandFailure(
                ExitCode.Usage, $"--args is no JSON: {message}", "--args '{\"key\": \"value\"}', or --args @file.json");
        }
    }
}
