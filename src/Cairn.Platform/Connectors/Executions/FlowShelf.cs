using System.Text.Json.Nodes;
using Cairn.Flows.Compiling;
using Cairn.Platform.Connectors.Calls;
using Cairn.Platform.Connectors.Records;
using Cairn.Platform.Deployments;
using Cairn.Platform.Projects;

namespace Cairn.Platform.Connectors.Executions;

/// <summary>The flows that can be started by name: the files of `flows:`, and what flows deployed themselves.</summary>
internal sealed class FlowShelf(RecordBook book, Project project)
{
    /// <summary>The kind of their records.</summary>
    public const string Kind = "workflow";

    /// <summary>Names and files of the project's own flows, by name.</summary>
    public IReadOnlyDictionary<string, string> Files
    {
        get
        {
            var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var file in project.Flows.SelectMany(ProjectFiles.Matching))
                files.TryAdd(Path.GetFileNameWithoutExtension(file), file);
            return files;
        }
    }

    /// <summary>The launch of a flow by its name; 404 when there is none, 400 when it is not valid.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="workflow">Its full name, for messages.</param>
    /// <param name="lenient">Whether who starts it runs under the tolerant rules.</param>
    public FlowLaunch Launch(string name, string workflow, bool lenient)
    {
        var options = Options(lenient);
        if (book.Read(rows => rows.Find(Kind, name)) is { } deployed)
        {
            var text = (string)deployed.Value["sourceContents"]!;
            var variables = deployed.Value["userEnvVars"] as JsonObject ?? [];
            return new FlowLaunch(name, new FlowSource($"{name}.yaml", text), options)
            {
                Revision = (string?)deployed.Value["revisionId"],
                Environment =
                    [.. variables.Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.ToString() ?? ""))],
            };
        }

        if (!Files.TryGetValue(name, out var file))
            throw CallFault.NotFound(
                $"workflow {workflow} not found; known here: {string.Join(", ", Files.Keys)}; name its file under "
                + "flows: in cairn.yaml");
        try
        {
            return new FlowLaunch(name, Valid(new FlowSource(file, File.ReadAllText(file)), options), options);
        }
        catch (IOException failure)
        {
            throw CallFault.NotFound($"workflow {workflow} cannot be read: {failure.Message}");
        }
    }

    /// <summary>The text of a file of the project, valid or not, and when it was written; null when there is
    /// none.</summary>
    public (string Text, DateTimeOffset Written)? FileOf(string name)
    {
        try
        {
            return Files.TryGetValue(name, out var file) && File.Exists(file)
                ? (File.ReadAllText(file), new DateTimeOffset(File.GetLastWriteTimeUtc(file)))
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }

    /// <summary>The switches of flows that are started here.</summary>
    public FlowOptions Options(bool lenient) => new()
    {
        Lenient = lenient || project.Lenient,
        Limits = new FlowLimits().With(project.Limits),
    };

    /// <summary>The source when it compiles; 400 with its first errors when it does not.</summary>
    public static FlowSource Valid(FlowSource source, FlowOptions options)
    {
        var outcome = FlowCompiler.Compile(source, options);
        return outcome.Errors.Count == 0 ? source : throw CallFault.Bad(
            "the workflow is not valid: " + string.Join("; ", outcome.Errors.Take(5).Select(
                error => $"{error.File}:{error.Line}:{error.Column}: {error.Message}")));
    }
}
