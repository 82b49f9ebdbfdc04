using System.Security.Cryptography;
using System.Text;
using Cairn.Engine.Runs;
using Cairn.Flows.Compiling;
using Cairn.Flows.Program;
using Cairn.Platform.Projects;

namespace Cairn.Platform.Deployments;

/// <summary>A valid flow on its way to becoming a run: source, switches and environment are pinned here.</summary>
/// <param name="Name">The name of its runs: the deployed one, or its file's without the ending.</param>
/// <param name="Source">The flow.</param>
/// <param name="Options">The switches in force.</param>
public sealed record FlowLaunch(string Name, FlowSource Source, FlowOptions Options)
{
    /// <summary>Variables that win over the project's.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>Labels of the run.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Labels { get; init; } = [];

    /// <summary>The revision that the run names; by default the first one of this source.</summary>
    public string? Revision { get; init; }

    /// <summary>The revision of a source: its number and a few digits of its hash.</summary>
    public static string RevisionOf(string source, int number = 1) =>
        $"{number:D6}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(source)))[..3]}";

    /// <summary>The run to create.</summary>
    /// <param name="uid">Its identity.</param>
    /// <param name="project">Whose environment it sees.</param>
    /// <param name="argument">The single argument of `main` in the engine's coding; empty: none.</param>
    public NewRun NewRun(RunUid uid, Project project, ReadOnlyMemory<byte> argument)
    {
        var definition = new FlowDefinition
        {
            File = Source.File,
            Source = Source.Text,
            Options = Options,
            Environment = Variables(project),
        };
        return new NewRun(uid, Name, FlowFamily.Word, definition.Pin(), argument) { Labels = Labels };
    }

    /// <summary>The built-in variables (spec/workflows.md 7.4), the project's, those of the caller.</summary>
    private SortedDictionary<string, string> Variables(Project project)
    {
        var variables = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["GOOGLE_CLOUD_LOCATION"] = "local",
            ["GOOGLE_CLOUD_PROJECT_ID"] = project.Name,
            ["GOOGLE_CLOUD_PROJECT_NUMBER"] = "0",
            ["GOOGLE_CLOUD_SERVICE_ACCOUNT_NAME"] = $"cairn@{project.Name}.local",
            ["GOOGLE_CLOUD_WORKFLOW_ID"] = Name,
            ["GOOGLE_CLOUD_WORKFLOW_REVISION_ID"] = Revision ?? RevisionOf(Source.Text),
        };
        foreach (var (name, value) in project.Environment.Concat(Environment))
            variables[name] = value;
        // T28: a name that workflows read although nothing sets it.
        if (Options.Lenient)
            variables.TryAdd("GOOGLE_CLOUD_PROJECT", variables["GOOGLE_CLOUD_PROJECT_ID"]);
        return variables;
    }
}
