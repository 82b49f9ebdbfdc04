using System.Text.Json;
using Cairn.EndToEnd.Processes;

namespace Cairn.EndToEnd.Contract;

/// <summary>
/// One `graph-*.json`: `spec` (text), optional `files`, `set`, `set_string`, `set_env`; rendered in a folder that holds
/// them. Valid: exit 0 and `{"spec": …}` equal to `expect.rendered`, where null, empty and default values may be left
/// out.
/// Invalid: exit 2 and `{"errors":[…]}` whose messages contain every word of `expect.error_mentions`, in any case.
/// </summary>
internal sealed class ContractExample(string file)
{
    private readonly JsonElement _example = Read(file);

    /// <summary>The files beside the tests.</summary>
    public static IEnumerable<string> Files =>
        Directory.EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Contract"), "graph-*.json")
            .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    public async Task<Invocation> RenderAsync(Workbench bench)
    {
        bench.Write("spec.yaml", _example.GetProperty("spec").GetString()!);
        if (_example.TryGetProperty("files", out var files))
            foreach (var one in files.EnumerateObject())
                await File.WriteAllTextAsync(Made(bench, one.Name), one.Value.GetString());
        return await bench.RunAsync(
        [
            "graph", "render", "spec.yaml", .. Pairs("set"), .. Pairs("set_string"), .. Pairs("set_env"), "-o", "json",
        ]);
    }

    public void Check(Invocation rendered)
    {
        var expect = _example.GetProperty("expect");
        if (expect.GetProperty("valid").GetBoolean())
        {
            var spec = rendered.Exits(0).Json.GetProperty("spec");
            LooseJson.AssertEqual(expect.GetProperty("rendered"), spec, "spec");
        }
        else
        {
            var messages = rendered.Exits(2).Errors;
            foreach (var word in expect.GetProperty("error_mentions").EnumerateArray())
                Assert.Contains(word.GetString()!, messages, StringComparison.OrdinalIgnoreCase);
        }
    }

    private static string Made(Workbench bench, string name)
    {
        var path = Path.Combine(bench.Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private IEnumerable<string> Pairs(string member)
    {
        if (!_example.TryGetProperty(member, out var pairs))
            yield break;
        yield return "--" + member.Replace('_', '-');
        foreach (var pair in pairs.EnumerateObject())
            yield return $"{pair.Name}={pair.Value}";
    }

    private static JsonElement Read(string file)
    {
        using var document = JsonDocument.Parse(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Contract", file)));
        return document.RootElement.Clone();
    }
}
