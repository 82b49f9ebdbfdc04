using System.Security.Cryptography;
using System.Text;
using Cairn.Cli.Faults;
using Cairn.Cli.Terminals;
using Cairn.Engine.Hosting;
using Cairn.Engine.Runs;
using Cairn.Flows.Compiling;
using Cairn.Flows.Program;
using Cairn.Flows.Values;
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

    private string Name => Path.GetFileNameWithoutExtension(Source.File);

    /// <summary>The run to create; throws <see cref="CommandFailure"/> (2) for an argument that is no JSON.</summary>
    public NewRun NewRun(Project project)
    {
        var definition = new FlowDefinition
        {
            File = Source.File,
            Source = Source.Text,
            Options = Options,
            Environment = Variables(project),
        };
        return new(EngineHost.NewUid(), Name, FlowFamily.Word, definition.Pin(), Argument()) { Labels = Labels };
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

    /// <summary>The built-in variables (spec/workflows.md 7.4), the project's, those of the command line.</summary>
    private SortedDictionary<string, string> Variables(Project project)
    {
        var revision = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Source.Text)))[..3];
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["GOOGLE_CLOUD_LOCATION"] = "local",
            ["GOOGLE_CLOUD_PROJECT_ID"] = project.Name,
            ["GOOGLE_CLOUD_PROJECT_NUMBER"] = "0",
            ["GOOGLE_CLOUD_SERVICE_ACCOUNT_NAME"] = $"cairn@{project.Name}.local",
            ["GOOGLE_CLOUD_WORKFLOW_ID"] = Name,
            ["GOOGLE_CLOUD_WORKFLOW_REVISION_ID"] = $"000001-{revision}",
        };
        foreach (var (name, value) in project.Environment.Concat(Environment))
            variables[name] = value;
        // T28: a name that workflows read although nothing sets it.
        if (Options.Lenient)
            variables.TryAdd("GOOGLE_CLOUD_PROJECT", variables["GOOGLE_CLOUD_PROJECT_ID"]);
        return variables;
    }
}
