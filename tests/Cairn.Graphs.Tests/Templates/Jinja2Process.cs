using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cairn.Graphs.Tests.Templates;

/// <summary>Debian's python3-jinja2 in one process, asked line by line.</summary>
internal sealed class Jinja2Process : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private const string Program =
        """
        import json, sys, warnings
        warnings.simplefilter("ignore")
        from jinja2 import StrictUndefined, TemplateSyntaxError
        from jinja2.sandbox import SandboxedEnvironment
        environment = SandboxedEnvironment(undefined=StrictUndefined)
        for line in sys.stdin:
            case = json.loads(line)
            try:
                answer = {"text": environment.from_string(case["template"]).render(case["variables"])}
            except TemplateSyntaxError as error:
                answer = {"kind": type(error).__name__, "message": error.message, "line": error.lineno}
            except BaseException as error:
                answer = {"kind": type(error).__name__, "message": str(error)}
            print(json.dumps(answer), flush=True)
        """;

    private readonly Process process;

    private Jinja2Process(Process process) => this.process = process;

    /// <summary>The process, or null where Python or the package is missing.</summary>
    public static Jinja2Process? Start()
    {
        if (!File.Exists(Python))
            return null;
        var start = new ProcessStartInfo(Python, ["-c", Program])
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var oracle = new Jinja2Process(Process.Start(start)!);
        oracle.process.ErrorDataReceived += static (_, _) => { };
        oracle.process.BeginErrorReadLine();
        try
        {
            oracle.Render("ok", new JsonObject());
            return oracle;
        }
        catch (IOException)
        {
            oracle.Dispose();
            return null;
        }
    }

    public Jinja2Answer Render(string template, JsonObject variables)
    {
        var request = new JsonObject { ["template"] = template, ["variables"] = variables.DeepClone() };
        process.StandardInput.WriteLine(request.ToJsonString());
        process.StandardInput.Flush();
        var line = process.StandardOutput.ReadLine() ?? throw new IOException("the oracle ended");
        var answer = JsonNode.Parse(line, documentOptions: new JsonDocumentOptions { MaxDepth = 1000 })!;
        return new Jinja2Answer(
            (string?)answer["text"], (string?)answer["kind"], (string?)answer["message"], (int?)answer["line"]);
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        process.WaitForExit();
        process.Dispose();
    }
}

/// <summary>What the original made of a template: its text, or the class and text of its exception.</summary>
internal sealed record Jinja2Answer(string? Text, string? Kind, string? Message, int? Line);
