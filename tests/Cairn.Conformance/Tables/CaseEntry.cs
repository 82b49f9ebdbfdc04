using YamlDotNet.RepresentationModel;

namespace Cairn.Conformance.Tables;

/// <summary>One entry of a table's file.</summary>
internal sealed class CaseEntry(string table, YamlMappingNode node)
{
    private static readonly string[] Known =
    [
        "id", "flow", "args", "env", "result", "ordered", "error", "invalid", "waits", "logs", "lenient", "strict",
        "warns", "strictly", "reply", "requests", "callback", "with", "gives", "fails", "refused", "embeds", "kinds",
    ];

    public string Name => $"{table}: {Text("id")}";

    /// <summary>What comes of it without leniency: `invalid` or a tag; null: it is not run without.</summary>
    public string? Strictly => Text("strictly");

    public Variables With => new([.. Map("with").Select(
        entry => "{" + entry.Key + ": " + CanonicalJson.FromYaml(entry.Value) + "}")]);

    public bool Has(string key) => node.Children.ContainsKey(key);

    public string? Text(string key) => Has(key) ? ((YamlScalarNode)node[key]).Value : null;

    public IReadOnlyList<string> List(string key) => TextsOf(node, key) ?? [];

    public IEnumerable<KeyValuePair<string, YamlNode>> Map(string key) =>
        Has(key)
            ? ((YamlMappingNode)node[key]).Children.Select(
                entry => KeyValuePair.Create(((YamlScalarNode)entry.Key).Value ?? "", entry.Value))
            : [];

    /// <summary>A row of this entry, with all that is common to its rows.</summary>
    public FlowCase Case(string name, string source, Expectation expected)
    {
        var keys = node.Children.Keys.Select(key => ((YamlScalarNode)key).Value);
        if (keys.Except(Known).FirstOrDefault() is { } stranger)
            throw new InvalidOperationException($"{Name}: unknown key {stranger}");
        return new FlowCase(name, source, expected)
        {
            Lenient = Text("lenient") is { } lenient ? lenient == "true" : table.StartsWith('9'),
            Strict = Text("strict") == "true",
            Arguments = Has("args") ? CanonicalJson.FromYaml(node["args"]) : null,
            Environment = Map("env").ToDictionary(
                entry => entry.Key, entry => ((YamlScalarNode)entry.Value).Value!, StringComparer.Ordinal),
            Waits = CaseFile.Number(Text("waits")),
            Logs = TextsOf(node, "logs"),
            Warns = List("warns"),
            Replies = [.. Replies()],
            Requests = (int?)CaseFile.Number(Text("requests")),
            Callback = Callback(),
        };
    }

    /// <summary>What must come of the flow of this entry.</summary>
    public Expectation Expected()
    {
        if (Has("result"))
            return new Expectation.Result(
                CanonicalJson.Of(CanonicalJson.FromYaml(node["result"])), TextsOf(node, "ordered"));
        if (Has("error"))
        {
            var error = (YamlMappingNode)node["error"];
            return new Expectation.Error
            {
                Payload = error.Children.TryGetValue("payload", out var payload)
                    ? CanonicalJson.Of(CanonicalJson.FromYaml(payload))
                    : null,
                Tags = TextsOf(error, "tags") ?? [],
                Says = TextsOf(error, "says") ?? [],
                Context = TextsOf(error, "context") ?? [],
                Stack = TextsOf(error, "stack"),
            };
        }

        var invalid = (YamlMappingNode)node["invalid"];
        return new Expectation.Invalid
        {
            Line = (int?)CaseFile.Number(TextOf(invalid, "line")),
            Column = (int?)CaseFile.Number(TextOf(invalid, "column")),
            Says = TextsOf(invalid, "says") ?? [],
        };
    }

    private IEnumerable<CannedReply> Replies()
    {
        if (!Has("reply")) return [];
        return (node["reply"] is YamlSequenceNode list ? list : Enumerable.Repeat(node["reply"], 1))
            .Cast<YamlMappingNode>()
            .Select(reply => new CannedReply(
                (int?)CaseFile.Number(TextOf(reply, "status")) ?? 200,
                TextOf(reply, "type"),
                TextOf(reply, "body") ?? "",
                reply.Children.TryGetValue("headers", out var headers)
                    ? [.. ((YamlMappingNode)headers).Select(header => $"{header.Key}: {header.Value}")]
                    : []));
    }

    private CallbackRequest? Callback() =>
        Has("callback") && node["callback"] is YamlMappingNode callback
            ? new CallbackRequest(
                TextOf(callback, "method")!, CanonicalJson.FromYaml(callback["body"]),
                CaseFile.Number(TextOf(callback, "after"))!.Value)
            : null;

    private static string? TextOf(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;

    private static IReadOnlyList<string>? TextsOf(YamlMappingNode map, string key) =>
        map.Children.TryGetValue(key, out var value)
            ? [.. ((YamlSequenceNode)value).Select(one => ((YamlScalarNode)one).Value ?? "")]
            : null;
}
