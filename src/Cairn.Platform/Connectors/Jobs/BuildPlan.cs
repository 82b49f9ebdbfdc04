using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Cairn.Engine.Runs;
using Cairn.Graphs.Program;
using Cairn.Graphs.Spec;
using Cairn.Graphs.Tasks;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Projects;

namespace Cairn.Platform.Connectors.Jobs;

/// <summary>
/// A build as a graph: each step is a task that begins with the workspace of the step before it and hands its own on.
/// `/workspace` in a step's texts is where its workspace lies here.
/// </summary>
/// <param name="project">The project's id, for substitutions.</param>
/// <param name="id">The build's id, for substitutions.</param>
/// <param name="build">The body of `builds.create`.</param>
/// <param name="lenient">Whether the flow runs under the tolerant rules.</param>
internal sealed partial class BuildPlan(string project, string id, JsonObject build, bool lenient)
{
    /// <summary>The name of runs that are builds.</summary>
    public const string Name = "build";

    private const string Workspace = "/workspace";

    // The step before it left its workspace in the input folder; a step that changes nothing hands it on.
    private const string Script = """
        if [ -n "$CAIRN_STEP_INPUT" ]; then cp -a "$CAIRN_STEP_INPUT/." "$CAIRN_WORKSPACE/"; fi
        mkdir -p "$CAIRN_WORKSPACE/$CAIRN_STEP_DIR" && cd "$CAIRN_WORKSPACE/$CAIRN_STEP_DIR" && exec "$@"
        """;

    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(60);

    /// <summary>The run of this build.</summary>
    public NewRun NewRun(RunUid uid, ProjectPool pool, IReadOnlyList<KeyValuePair<string, string>> labels)
    {
        var definition = new GraphDefinition { Spec = Spec(), Pool = new GraphPool { Name = pool.Name } };
        return new NewRun(uid, Name, GraphFamily.Word, GraphFamily.Pin(definition), default) { Labels = labels };
    }

    private GraphSpec Spec()
    {
        if (build["steps"] is not JsonArray { Count: > 0 } steps)
            throw CallFault.Bad("invalid build: a build must have at least one step");
        var timeout = build["timeout"] is { } given ? JobOverrides.Duration(given, lenient) : s_timeout;
        return new GraphSpec
        {
            Name = Name,
            ExecTimeoutSeconds = timeout.TotalSeconds,
            Groups = [.. steps.Select((step, index) => Group(
                step as JsonObject ?? throw CallFault.Bad($"invalid build: step {index} is no map"), index))],
        };
    }

    private GraphGroup Group(JsonObject step, int index)
    {
        var image = Text(step, "name") ?? throw CallFault.Bad($"invalid build: step {index} has no name");
        List<string> command = [];
        if (Text(step, "script") is { } script)
            command.AddRange(["sh", "-c", Here(script)]);
        else
        {
            if (Text(step, "entrypoint") is { } entry)
                command.Add(Here(entry));
            command.AddRange(Texts(step, "args"));
        }

        if (command.Count == 0)
            throw CallFault.Bad(
                $"invalid build: step {index} has neither entrypoint, args nor script: an image stands for a file "
                + "system here, never for a command");
        return new GraphGroup
        {
            Name = $"step-{index}-group",
            Tasks =
            [
                new GraphTask
                {
                    Name = $"step-{index}",
                    Image = image,
                    Command = ["sh", "-c", Script, "step", .. command],
                    Environment = Variables(step, index),
                    Lead = true,
                    Inputs = index == 0 ? [] : [new TaskInput($"step-{index - 1}", null, null, null)],
                },
            ],
        };
    }

    private List<NameValue> Variables(JsonObject step, int index)
    {
        List<NameValue> all =
        [
            new("CAIRN_WORKSPACE", "{{output}}"), new("CAIRN_STEP_INPUT", index == 0 ? "" : "{{input:0}}"),
            new("CAIRN_STEP_DIR", Directory(Text(step, "dir") ?? "")),
        ];
        foreach (var line in Texts(step, "env"))
        {
            var equals = line.IndexOf('=');
            if (equals <= 0)
                throw CallFault.Bad($"invalid build: env \"{line}\" should be NAME=VALUE");
            all.Add(new NameValue(line[..equals], line[(equals + 1)..]));
        }

        return all;
    }

    private static string Directory(string dir) => dir.StartsWith(Workspace + "/", StringComparison.Ordinal)
        ? dir[(Workspace.Length + 1)..]
        : dir == Workspace ? "" : dir;

    private List<string> Texts(JsonObject step, string key) => step[key] is JsonArray list
        ? [.. list.Select(item => Here(item?.ToString() ?? ""))]
        : [];

    private static string? Text(JsonObject step, string key) =>
        step[key]?.ToString() is { Length: > 0 } text ? text : null;

    private string Here(string text) =>
        WorkspaceForm().Replace(SubstitutionForm().Replace(text, Substitute), "{{output}}");

    // `$NAME` and `${NAME}` are replaced, `$$` is a dollar sign; an unknown one stays for the shell.
    private string Substitute(Match match)
    {
        if (match.Value == "$$")
            return "$";
        var name = match.Groups["name"].Value;
        return name switch
        {
            "PROJECT_ID" => project,
            "BUILD_ID" => id,
            _ => (build["substitutions"] as JsonObject)?[name]?.ToString() ?? match.Value,
        };
    }

    [GeneratedRegex(@"\$\$|\$\{(?<name>[A-Z_][A-Z0-9_]*)\}|\$(?<name>[A-Z_][A-Z0-9_]*)", RegexOptions.ExplicitCapture)]
    private static partial Regex SubstitutionForm();

    [GeneratedRegex(@"(?<![\w./-])/workspace(?![\w.-])")]
    private static partial Regex WorkspaceForm();
}
