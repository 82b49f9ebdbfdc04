using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace Cairn.Graphs.Tests.Yaml;

/// <summary>Asks Debian's Python; without it a test is skipped, and fails where CI is true.</summary>
internal static class PythonOracle
{
    private const string Python = "/usr/bin/python3";

    /// <summary>The JSON that a script prints which gets the texts as a JSON list on its input.</summary>
    public static JsonArray Ask(string script, IEnumerable<string> texts)
    {
        if (!File.Exists(Python) || !Run("import importlib.util as u; print(u.find_spec('yaml') is not None)", "")
            .StartsWith("True", StringComparison.Ordinal))
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "python3-yaml is missing");
            Assert.Skip("python3-yaml is not installed");
        }

        var input = new JsonArray([.. texts.Select(text => (JsonNode)text)]).ToJsonString();
        return JsonNode.Parse(Run(script, input))!.AsArray();
    }

    private static string Run(string script, string input)
    {
        var start = new ProcessStartInfo(Python)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList = { "-c", script },
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = Encoding.UTF8,
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        return process.StandardOutput.ReadToEnd();
    }
}
